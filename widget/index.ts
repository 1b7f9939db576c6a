// The first chunk. The service puts the site's configuration in front of it; both are gone from the page's scope afterwards.
import { startOnce } from './core/start-once.ts';

startOnce();
