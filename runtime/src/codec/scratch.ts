// Eight bytes in which a number changes its form: between a float or a bigint and two 32-bit halves. Big-endian like
// the wire, on every machine. Nothing stays in it between two calls.
export const scratch: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
