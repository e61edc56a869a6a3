/** The look of what floats: menus, popovers, tooltips with contents. */
export const LAYER_LOOK = 'z-50 animate-appear rounded-8 border bg-surface shadow-popover outline-none'
