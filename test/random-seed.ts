import fc from 'fast-check';

/**
 * Random inputs are the same in every run, so that a run says something about the code and not about luck. Others by hand:
 * SEED=7, with more of them where a test has its own variable for that.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.SEED ?? 20261127) });
