// Runs in the page's own world, because what a page's consent platform says lives there. It reads when the content script asks, and does
// nothing else. What it hands back is the page's word: the extension checks every bit of it.
import { servePage } from './serve.ts';

servePage(window);
