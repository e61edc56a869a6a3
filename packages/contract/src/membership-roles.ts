/** What a member may do, from the most to the least; a file of its own, as the web page needs no more of organizations. */
export const MEMBERSHIP_ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const
