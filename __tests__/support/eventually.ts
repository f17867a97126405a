const mostMs = 5000;

/** Holds a claim to what a page shows until it is true, since a page answers in its own time; fails as the claim does. */
export async function eventually(claim: () => Promise<void>): Promise<void> {
  const end = performance.now() + mostMs;
  for (;;) {
    try {
      return await claim();
    } catch (failure) {
      if (performance.now() > end) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
