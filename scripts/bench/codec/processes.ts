// So many processes share the rounds of a workload: what an optimizing compiler decides in one of them, for the better
// or the worse, it may decide otherwise in the next, and factors of two come of that.
export const processes = 3;
