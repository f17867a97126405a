/** The version of the package; a test holds it to package.json, which Node before 20.10 could not import. */
export const version = '0.1.0';
