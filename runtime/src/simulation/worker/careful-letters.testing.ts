// A system without a bug that is known.

import { letters } from "../letters.testing.ts";

export default letters();
