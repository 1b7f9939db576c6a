// The background's worker may end while it answers, and its answer with it. The next one knows what was kept and can answer as well.
import type { Client } from './client.ts';

/** Asks once more where there was no answer, if the question only looks. Rejects as the second time. */
export const askAgain =
  (ask: Client['ask']): Client['ask'] =>
  async (question) => {
    try {
      return await ask(question);
    } catch (error) {
      if (!question.type.startsWith('view_')) throw error;
      return ask(question);
    }
  };
