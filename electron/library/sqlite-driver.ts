// The only import of the database driver. better-sqlite3-multiple-ciphers has better-sqlite3's interface and can
// also keep a library encrypted; a library without a key is an ordinary SQLite file, the same byte for byte.
import Database from 'better-sqlite3-multiple-ciphers';

export { Database };
export type Db = Database.Database;
export type Statement = Database.Statement<unknown[], Record<string, unknown>>;
