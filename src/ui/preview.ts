/** More of a value than this is shown only in part until the user asks for all of it. */
export const PREVIEW_BYTES = 256 * 1024;
