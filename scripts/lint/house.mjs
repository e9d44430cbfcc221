// Rules of this project that no published set knows. Each keeps one thing in one place; .oxlintrc.json says which file is that place.

/** A rule that reports what a selector finds. */
const forbid = (message, ...selectors) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) => Object.fromEntries(selectors.map((selector) => [selector, (node) => { context.report({ node, message }); }])),
});

const plugin = {
  meta: { name: 'house' },
  rules: {
    'named-exports': forbid('Name what you export.', 'ExportDefaultDeclaration', 'ExportSpecifier[exported.name="default"]'),
    'no-climbing': forbid('Use #domain, #contract, #main or #renderer instead of climbing.', '[source.value=/^\\.\\.\\/\\.\\.\\//]'),
    'no-clock': forbid('Time is passed in.', ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]'),
    'no-network': forbid(
      'The network is touched in src/preload/http.ts and src/main/language only.',
      'CallExpression:matches([callee.name="fetch"], [callee.property.name="fetch"][callee.object.name=/^(globalThis|window|self)$/])',
    ),
    'no-open-external': forbid('shell.openExternal belongs to src/main/electron/security.ts.', 'MemberExpression[property.name="openExternal"]'),
    'no-ipc-main': forbid('ipcMain belongs to src/main/electron/ipc.ts.', 'Identifier[name="ipcMain"]'),
    'no-ipc-renderer': forbid('ipcRenderer belongs to src/preload/index.ts.', 'Identifier[name="ipcRenderer"]'),
  },
};

// Oxlint takes a plugin by its default export only.
export default plugin;
