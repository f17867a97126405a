export type { AwsSourceOptions } from './options.ts';
export { awsSource } from './source.ts';
