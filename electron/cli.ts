import { cliLanguage, say } from './cli-text.ts';

/** The product without a window: `demo`, `check`, `impact` and `verify`. Returns the exit code; 2 for a command that is not understood. */
async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === 'check') return (await import('./check-cli.ts')).runCheck(rest);
  if (command === 'impact') return (await import('./impact-cli.ts')).runImpact(rest);
  if (command === 'verify') return (await import('./verify-cli.ts')).runVerify(rest);
  if (command === 'demo') return (await import('./demo-cli.ts')).runDemo(rest);
  if (command === 'generate') return (await import('./generate-cli.ts')).runGenerate(rest);
  const language = cliLanguage();
  const asked = command === undefined || command === 'help' || command === '--help' || command === '-h';
  if (!asked) console.error(say(language, 'unknownCommand', { command }));
  (asked ? console.log : console.error)(say(language, 'usage'));
  return asked ? 0 : 2;
}

// Whoever reads the output may have seen enough (`cultivar demo | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));
