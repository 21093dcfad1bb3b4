// Every namespace file of both languages, bundled at build time: no user-visible string lives anywhere else.
const files = import.meta.glob<Record<string, unknown>>('../../resources/i18n/*/*.json', {
  eager: true,
  import: 'default',
});

const messages: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, content] of Object.entries(files)) {
  const [, locale, namespace] = /i18n\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  if (!locale || !namespace) continue;
  messages[locale] ??= {};
  messages[locale][namespace] = content;
}

export { messages };
