//! Lists of exact origins.

use std::collections::HashSet;

use super::{
    ALIKE_1, ALIKE_10, ALIKE_100, ALIKE_1000, ALIKE_10000, EXACT, EXACT_1, EXACT_10, EXACT_100,
    EXACT_1000, EXACT_10000, Origins, PHF_1, PHF_10, PHF_100, PHF_1000, PHF_10000, Race, Row,
};
use crate::names;

/// Measures with a list of `$count`; the static policy has to be known where it is called, as it is
/// in the code of users.
macro_rules! measure {
    ($count:literal, $exact:ident, $alike:ident, $phf:ident) => {{
        let origins = Origins::of($count, names::exact);
        let alike = Origins::of($count, names::alike);
        let listed: Vec<String> = (0..$count).map(names::exact).collect();
        let set: HashSet<&[u8]> = listed.iter().map(String::as_bytes).collect();
        let mut rows = {
            let mut race = Race::new(&origins);
            race.add("ours", |origin| $exact.allows_origin(origin));
            race.add("std HashSet", |origin| set.contains(origin));
            race.add("phf", |origin| $phf.contains(origin));
            if $count <= 1_000 {
                race.add("linear", |origin| {
                    listed.iter().any(|listed| listed.as_bytes() == origin)
                });
            }
            race.run()
        };
        let mut race = Race::new(&alike);
        race.add("ours, names of one length", |origin| {
            $alike.allows_origin(origin)
        });
        rows.extend(race.run());
        ($count, rows)
    }};
}

/// One comparison with one origin.
pub(crate) fn floor() -> Row {
    let origins = Origins::of(1, names::exact);
    let mut race = Race::new(&origins);
    race.add("floor", |origin| origin == EXACT);
    race.run().remove(0)
}

/// By the length of the list.
pub(crate) fn rows() -> Vec<(usize, Vec<Row>)> {
    vec![
        measure!(1, EXACT_1, ALIKE_1, PHF_1),
        measure!(10, EXACT_10, ALIKE_10, PHF_10),
        measure!(100, EXACT_100, ALIKE_100, PHF_100),
        measure!(1_000, EXACT_1000, ALIKE_1000, PHF_1000),
        measure!(10_000, EXACT_10000, ALIKE_10000, PHF_10000),
    ]
}
