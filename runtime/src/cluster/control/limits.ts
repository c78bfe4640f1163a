// Every bound of control, with its reason.

/** Questions of one peer that are being answered, watches among them: a person asks one at a time. */
export const requestsMax = 8;

/** UTF-16 units of the text that names a member, or of a seed: a host name with its scheme and port fits. */
export const wordLengthMax = 300;

/** Starts of a node that a `why` tells of, the latest: one that restarts all day has hundreds. */
export const startsMax = 4;
