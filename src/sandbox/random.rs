//! A small seeded generator (splitmix64): the same seed gives the same inbox on every machine.

/// The generator. Not for secrets.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// A generator of its own for each `subject`, so that editing one part of the seed leaves the others as they were.
    pub(crate) fn new(subject: &str, number: u64) -> Self {
        let mut state = 0xcbf2_9ce4_8422_2325_u64;
        for byte in subject.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let mut random = Self(state ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.next();
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end` (0 when `end` is 0).
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True `percent` times out of a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One element of a table; the type's default for an empty one.
    pub(crate) fn pick<T: Copy + Default>(&mut self, table: &[T]) -> T {
        let position = usize::try_from(self.below(table.len() as u64)).unwrap_or(0);
        table.get(position).copied().unwrap_or_default()
    }

    /// A message uid: 32 hexadecimal digits.
    pub(crate) fn uid(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}
