/** A folder in the data folder that is there only while a backup is being restored. */
export const UNFINISHED_RESTORE = 'restoring'
