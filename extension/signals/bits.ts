// The bits of one segment of a TC string, read from left to right. Past its end all bits are 0, as the framework's own reader has it.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export class Bits {
  readonly #text: string;
  #at = 0;

  /** Throws RangeError where the text is no base64url. */
  constructor(text: string) {
    if (!/^[\w-]*$/.test(text)) throw new RangeError('no base64url');
    this.#text = text;
  }

  get left(): number {
    return this.#text.length * 6 - this.#at;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** The next `count` bits as a number. */
  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const digit = ALPHABET.indexOf(this.#text.charAt(Math.floor(this.#at / 6)) || 'A');
      value = value * 2 + ((digit >> (5 - (this.#at % 6))) & 1);
    }
    return value;
  }
}
