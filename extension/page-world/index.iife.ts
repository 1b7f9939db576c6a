// Runs in the page's own world, because window.candour lives there. It calls receipts() when the content script asks, and
// does nothing else. What it hands back is the page's word: the extension checks every bit of it.
import { serveReceipts } from './receipts.ts';

serveReceipts(window);
