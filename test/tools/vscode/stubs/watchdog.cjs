// @ts-check
/**
 * Stands in for the native module that ends an extension host whose event loop hangs after its
 * parent died. The extension host's own check, once a second, ends all others.
 */
'use strict';
exports.start = () => {};
/** @param {number} [code] */
exports.exit = (code) => process.exit(code ?? 0);
