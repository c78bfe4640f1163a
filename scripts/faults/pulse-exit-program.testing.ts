// A program that has a pulse thread and ends: by itself, or behind the closing of it where it is told "close".
import { startPulse } from "@hewn/runtime/node";

const pulse = await startPulse({ host: "127.0.0.1" });
if (process.argv.includes("close")) await pulse?.close();
process.stdout.write("ends");
