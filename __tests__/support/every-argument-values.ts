/* Values that several of the configurations use. */

export const tags = { Team: 'platform' };
export const region = 'eu-central-1';
export const key = 'arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
