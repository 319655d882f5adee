// What the interpreter expects of its dependencies: modules, timers, a clock and chance.
// All of them are the rehearsal's, so that it runs in virtual time and the same seed repeats it.
(function (files, timers, paths) {
  const loaded = new Map();

  function require(name) {
    if (!loaded.has(name)) {
      const module = { exports: {} };
      loaded.set(name, module);
      // Without a file: modules of the AWS SDK and the validator, which are never called here.
      files.read(name)?.(module.exports, require, module);
      if (name === "jsonpath-plus") module.exports = paths(module.exports);
    }
    return loaded.get(name).exports;
  }

  globalThis.setTimeout = (callback, milliseconds) => timers.after(milliseconds ?? 0, callback);
  globalThis.clearTimeout = (id) => id === undefined || timers.cancel(id);

  const RealDate = Date;
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [timers.now()] : parts));
    }
    static now() {
      return timers.now();
    }
  };
  Math.random = () => timers.random();

  return require;
});
