// The marketing opt-in in a site's own form: one unticked box per sender and channel, in the configuration's words.
export {};
