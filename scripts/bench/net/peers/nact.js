// nact: functions of a state and a message, a message a turn of the event loop.
import { deepStrictEqual } from "node:assert";
import { dispatch, query, spawn, start, stop } from "nact";

const readings = Array.from({ length: 256 }, (_, n) => ({
  sensorId: `sensor-${n}`,
  value: n * 1.37,
  timestamp: 1_764_000_000_000 + n,
}));
const deadlineMs = 5_000;

export function localActors() {
  const system = start();
  const meter = spawn(
    system,
    (state = { count: 0, sum: 0 }, message) => {
      if (message.type === "echo") dispatch(message.from, message.reading);
      else if (message.type === "count") dispatch(message.from, state.count);
      else return { count: state.count + 1, sum: state.sum + message.reading.value };
      return state;
    },
    "meter",
  );
  const echo = (reading) => query(meter, (from) => ({ type: "echo", from, reading }), deadlineMs);
  return {
    async tell(count) {
      for (let i = 0; i < count; i++) dispatch(meter, { type: "note", reading: readings[i & 255] });
      await query(meter, (from) => ({ type: "count", from }), deadlineMs);
    },
    async ask(nth) {
      await echo(readings[nth & 255]);
    },
    async spawn(count) {
      const started = Array.from({ length: count }, () => spawn(system, () => {}));
      for (const actor of started) stop(actor);
    },
    async check() {
      for (const reading of readings) deepStrictEqual(await echo(reading), reading);
    },
  };
}
