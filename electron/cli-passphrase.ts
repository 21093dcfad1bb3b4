import { cliLanguage, sayError } from './cli-text.ts';
import { requireKey } from './library/connect.ts';
import { openByPassphrase } from './library/key-file.ts';
import { holdKey } from './library/keyring.ts';
import { libraryFault } from './library/open.ts';
import { usableKeyFiles } from './service/protection-keys.ts';

/** Where the command line takes the passphrase of an encrypted library from: never from an argument, which others see. */
const VARIABLE = 'CULTIVAR_PASSPHRASE';

/**
 * Opens the key of the library in `file` with the passphrase of the environment, where it is encrypted. Says on stderr why
 * it cannot, and returns false.
 */
export async function unlockForCli(file: string): Promise<boolean> {
  const language = cliLanguage();
  try {
    requireKey(file);
    return true;
  } catch (error) {
    const known = libraryFault(error);
    if (known?.code !== 'locked') throw error;
    const passphrase = process.env[VARIABLE];
    delete process.env[VARIABLE];
    const wrong = passphrase ? 'passphraseWrong' : 'cliPassphrase';
    try {
      for (const found of passphrase ? usableKeyFiles(file) : []) {
        const key = await openByPassphrase(found, passphrase ?? '');
        if (!key) continue;
        holdKey(found.id, key);
        return true;
      }
      const key = known.key === 'libraryKeyMissing' ? known.key : wrong;
      console.error(sayError(language, { code: 'library', key, details: { name: VARIABLE } }));
    } catch (fault) {
      const told = libraryFault(fault);
      if (!told) throw fault;
      console.error(sayError(language, { code: told.code, key: told.key, details: told.details }));
    }
    return false;
  }
}
