window.moduleRan = true;
try {
  // biome-ignore lint/security/noGlobalEval: the policy has to stop exactly this
  window.evaluated = window.eval('1 + 1');
} catch (error) {
  window.evaluated = error.name;
}
