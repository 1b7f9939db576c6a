/** Under which paths of a site its scripts that never change are kept, with what they load. */
export const pinPaths = {
  script: (version: string): string => `script/${version}`,
  details: (version: string, language: string): string => `details/${version}/${language}`,
  chunk: (folder: string, file: string): string => `chunk/${folder}/${file}`,
};
