// Builds one file for a page out of an entry and all that it imports. The browser is given it by name, no manifest does.
import { build } from 'vite';

/** `name`: of the one thing that it leaves in its world, with what `entry` exports. Throws where it comes out as more than one file. */
export async function oneScript(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name, fileName: 'index' },
    },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunks = outputs.filter((one) => one.type === 'chunk');
  if (chunks.length !== 1 || !chunks[0]) throw new Error(`${entry} came out as ${chunks.length} files`);
  return chunks[0].code;
}
