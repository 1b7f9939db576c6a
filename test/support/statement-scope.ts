// Reads SQL statements and says which of the sites' tables one reaches without being held to one site. A small reader of the SQL that
// this project sends and not of all SQL: what it does not understand counts as unheld, so that a new form is looked at.

/** A word, a sign, or what stands between parentheses. */
type Token = string | Token[];

const WORDS = /'(?:[^']|'')*'|"[^"]+"|\$\d+|::|<>|<=|>=|->>|->|\|\||[A-Za-z_][\w$]*|\d+(?:\.\d+)?|--[^\n]*|\S/g;
const ENDS_TABLES = new Set([
  'where',
  'set',
  'values',
  'on',
  'order',
  'group',
  'limit',
  'returning',
  'for',
  'having',
  'union',
  'select',
  'offset',
]);
const QUERY = new Set(['select', 'update', 'delete', 'insert', 'from']);

/** Words in lower case without their quotes; each `?` with its number. */
function parse(sql: string): Token[] {
  const root: Token[] = [];
  const open = [root];
  let parameters = 0;
  for (const [word] of sql.matchAll(WORDS)) {
    if (word.startsWith('--')) continue;
    const here = open.at(-1) as Token[];
    if (word === '(') {
      const group: Token[] = [];
      here.push(group);
      open.push(group);
    } else if (word === ')') open.pop();
    else if (word === '?') here.push(`$${++parameters}`);
    else here.push(word.startsWith('"') ? word.slice(1, -1) : word.toLowerCase());
  }
  return root;
}

interface Scope {
  /** What a name in the query stands for: a table of sites, or nothing that is known. */
  names: Map<string, string>;
  /** Of the names, the table that an INSERT writes: a word alone means a column of the others. */
  target?: string;
  outer: Scope | null;
}

interface Column {
  node: string;
  /** Of the query itself, and not of one around it: a condition in here does not narrow what is out there. */
  own: boolean;
}

export interface Held {
  /** Tables that are not held to one site. */
  unheld: string[];
  /** The values that the statement names as sites: more than one reaches over two. */
  sites: Set<string>;
}

const isValue = (token: Token | undefined): token is string => typeof token === 'string' && /^(\$\d+|\d+)$/.test(token);
/** Splits at a word of the same depth. */
function split(tokens: readonly Token[], ...at: string[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (typeof token === 'string' && at.includes(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `ofSites`: the tables whose rows are of one site. `values`: of the parameters. `given`: names that stand for rows of one site (NEW, OLD). */
export function heldToOneSite(
  sql: string,
  ofSites: ReadonlySet<string>,
  values: readonly unknown[] = [],
  given: readonly string[] = [],
): Held {
  /** The first is held to one site if the second is. */
  const follows: [string, string][] = [];
  const tables: [node: string, table: string][] = [];
  const sites = new Set<string>();
  let scopes = 0;

  const valueOf = (token: string): string =>
    token.startsWith('$') && values.length > 0 ? String(values[Number(token.slice(1)) - 1]) : token;

  /** Adds the tables that the words of one query name. */
  function readTables(tokens: readonly Token[], scope: Scope): void {
    let listing = false;
    for (let i = 0; i < tokens.length; i++) {
      const [word, before, after] = [tokens[i], tokens[i - 1], tokens[i + 1]];
      if (typeof word !== 'string') continue;
      const begins =
        (word === 'from' && before !== 'distinct') ||
        word === 'join' ||
        word === 'into' ||
        word === 'using' ||
        (word === 'update' && before !== 'do' && before !== 'for');
      if (begins) listing = word === 'from' || word === 'using';
      else if (ENDS_TABLES.has(word)) listing = false;
      if (!begins && !(listing && word === ',')) continue;
      // A query in the place of a table, of the rows that are given.
      const inner = Array.isArray(after) ? after[after.indexOf('from') + 1] : after;
      if (typeof after !== 'string' && (typeof inner !== 'string' || !given.includes(inner))) continue;
      const next = tokens[i + 2] === 'as' ? tokens[i + 3] : tokens[i + 2];
      const named =
        typeof next === 'string' &&
        /^[a-z_]\w*$/.test(next) &&
        !ENDS_TABLES.has(next) &&
        !/^(inner|left|join|cross|default|do|using)$/.test(next);
      const name = named ? next : String(after);
      const node = `${name}#${scopes++}`;
      scope.names.set(name, node);
      if (word === 'into') scope.target = node;
      if (typeof inner === 'string' && given.includes(inner)) follows.push([node, 'value']);
      if (typeof after === 'string' && ofSites.has(after)) tables.push([node, after]);
    }
  }

  /** The node of `x.site_key` or `site_key` that ends at this place, or null. */
  function columnAt(tokens: readonly Token[], end: number, scope: Scope): Column | null {
    if (tokens[end] !== 'site_key') return null;
    const owner = tokens[end - 1] === '.' ? tokens[end - 2] : undefined;
    for (let at: Scope | null = scope; at; at = at.outer) {
      if (typeof owner === 'string') {
        const node = at.names.get(owner);
        if (node) return { node, own: at === scope };
      } else {
        const all = [...at.names.values()];
        const target = at.target;
        const own = all.length === 1 ? all : all.filter((node) => node !== target);
        if (own.length === 1 && own[0]) return { node: own[0], own: at === scope };
        // More than one could be meant.
        if (own.length > 1) return null;
      }
    }
    return null;
  }

  /** Equalities of one level that hold for every row: none where OR or NOT could undo them. */
  function readEqualities(tokens: readonly Token[], scope: Scope, only: string | null): void {
    if (tokens.includes('or')) return;
    const follow = ({ node, own }: Column, from: string): void => {
      if (own && (only === null || node === only)) follows.push([node, from]);
    };
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i] !== '=') continue;
      const left = columnAt(tokens, i - 1, scope);
      const rightEnd = tokens[i + 2] === '.' ? i + 3 : i + 1;
      const right = columnAt(tokens, rightEnd, scope);
      const [before, after] = [tokens[i - 1], tokens[i + 1]];
      // `= $1 + 1` is no equality with $1.
      if (/^[+\-*/|]/.test(String(tokens[rightEnd + 1] ?? ''))) continue;
      if (left && right) {
        follow(left, right.node);
        follow(right, left.node);
      } else if (left && isValue(after)) {
        follow(left, 'value');
        sites.add(valueOf(after));
      } else if (right && isValue(before)) {
        follow(right, 'value');
        sites.add(valueOf(before));
      }
    }
  }

  /** The rows that an INSERT writes must name their site: a value, or the column of a row that is held. */
  function readInsert(tokens: readonly Token[], scope: Scope): void {
    const into = tokens.indexOf('into');
    const table = tokens[into + 1];
    if (into < 0 || typeof table !== 'string' || !ofSites.has(table)) return;
    const renamed = tokens[into + 2] === 'as';
    const columns = tokens[into + (renamed ? 4 : 2)];
    const node = scope.names.get(String(renamed ? tokens[into + 3] : table)) ?? table;
    const place = Array.isArray(columns) ? split(columns, ',').findIndex(([name]) => name === 'site_key') : -1;
    const [select, start] = [tokens.indexOf('select'), tokens.indexOf('values')];
    // What is selected may not be the table's own name: that stands for the row that is written.
    const sources: Scope = { names: new Map([...scope.names].filter(([, one]) => one !== node)), outer: scope.outer };
    const read = (item: Token[]): string | null => {
      const cast = item.length === 3 && item[1] === '::';
      if ((item.length === 1 || cast) && isValue(item[0])) {
        sites.add(valueOf(item[0]));
        return 'value';
      }
      return columnAt(item, item.length - 1, sources)?.node ?? null;
    };
    if (select > 0) {
      const end = tokens.indexOf('from', select);
      const from = read(split(tokens.slice(select + 1, end < 0 ? undefined : end), ',')[Math.max(place, 0)] ?? []);
      if (from) follows.push([node, from]);
      return;
    }
    const rows: Token[][] = [];
    for (let i = start + 1; start > 0 && place >= 0 && Array.isArray(tokens[i]); i += 2) rows.push(tokens[i] as Token[]);
    const named = rows.map((row) => read(split(row, ',')[place] ?? []));
    if (named.length > 0 && named.every((from) => from === 'value')) follows.push([node, 'value']);
  }

  /** Conditions stand behind ON and WHERE: an OR in one says nothing about the others, and the ON of a LEFT JOIN narrows what it joins. */
  function readConditions(tokens: readonly Token[], scope: Scope): void {
    let [start, only] = [0, null as string | null];
    const read = (end: number): void => readEqualities(tokens.slice(start, end), scope, only);
    tokens.forEach((token, i) => {
      if (typeof token !== 'string' || !['on', 'where', 'having', 'returning'].includes(token)) return;
      read(i);
      start = i + 1;
      const join = tokens.lastIndexOf('join', i);
      const left = token === 'on' && join > 0 && tokens.slice(Math.max(0, join - 2), join).includes('left');
      const joined = [...scope.names].find(([name]) => tokens.slice(join, i).includes(name))?.[1];
      only = left ? (joined ?? '') : null;
    });
    read(tokens.length);
  }

  function readGroup(tokens: readonly Token[], outer: Scope | null, doubtful: boolean): void {
    for (const part of split(tokens, 'union', 'except', 'intersect', ';')) {
      const query = part.some((token) => typeof token === 'string' && QUERY.has(token));
      const scope: Scope = query || !outer ? { names: new Map(), outer } : outer;
      const doubt = doubtful && !query;
      if (query) readTables(part, scope);
      if (query) readInsert(part, scope);
      if (!doubt) readConditions(part, scope);
      part.forEach((token, i) => {
        if (!Array.isArray(token)) return;
        const weak = part.includes('or') || part[i - 1] === 'not' || part[i - 1] === 'case';
        readGroup(token, scope, doubt || weak);
      });
    }
  }
  const top: Scope = { names: new Map(given.map((name) => [name, 'value'])), outer: null };
  readGroup(parse(sql), top, false);
  const held = new Set(['value']);
  for (let before = 0; before < held.size;) {
    before = held.size;
    for (const [node, from] of follows) if (held.has(from)) held.add(node);
  }
  return { unheld: tables.filter(([node]) => !held.has(node)).map(([, table]) => table), sites };
}
