//! The cost of compiling policies, unoptimised: it grows no faster than the number of their items.

mod families;

use std::hint::black_box;

use allocation_counter::measure;

use self::families::{FAMILIES, Family, entries, parts};
use super::{messages, processor_time};

/// Factors between the smallest policy of a family and the larger ones.
const GROWTH: [usize; 3] = [2, 4, 8];

/// Maximum exponents of the growth of costs: `n log n` has less, and the square of `n` has 2.
/// Numbers of allocations are exact, but times are not.
const MAX_EXPONENT: [f64; 2] = [1.25, 1.5];

/// Costs below these are not measurable.
const NOTHING: [f64; 2] = [2_000.0, 0.02];

/// Returns the cost of a policy: allocations, and seconds of processor time.
fn costs(policy: &str) -> [f64; 2] {
    let before = processor_time().unwrap_or_default();
    let allocations = measure(|| drop(black_box(messages(policy))));
    let taken = processor_time().unwrap_or_default() - before;
    [allocations.count_total as f64, taken.as_secs_f64()]
}

/// Returns the exponent of the curve through points with positive coordinates: the slope of the
/// straight line that fits their logarithms best.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(n, c)| (n.ln(), c.ln())).collect();
    let count = points.len() as f64;
    let (sum_x, sum_y) = points
        .iter()
        .fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
    let (mean_x, mean_y) = (sum_x / count, sum_y / count);
    let covariance: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    let variance: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    covariance / variance
}

/// The costs of the policies in a family, by factor.
struct Curves {
    policies: Vec<(f64, String)>,
    /// The lowest measured value, for each kind of cost.
    least: [Vec<f64>; 2],
}

impl Curves {
    fn new(family: &Family) -> Self {
        let growth = [1].into_iter().chain(GROWTH);
        let policies: Vec<_> = growth
            .map(|times| (times as f64, (family.policy)(family.count * times)))
            .collect();
        Self {
            least: [0, 1].map(|_| vec![f64::INFINITY; policies.len()]),
            policies,
        }
    }

    /// Measures again, because another program may have used the caches.
    fn measure(&mut self) {
        for (index, (_, policy)) in self.policies.iter().enumerate() {
            for (least, cost) in self.least.iter_mut().zip(costs(policy)) {
                least[index] = least[index].min(cost);
            }
        }
    }

    fn exponents(&self) -> [f64; 2] {
        [0, 1].map(|kind| {
            let costs = self.least[kind].iter().map(|cost| cost.max(NOTHING[kind]));
            let growth = self.policies.iter().map(|(growth, _)| *growth);
            exponent(&growth.zip(costs).collect::<Vec<_>>())
        })
    }

    fn is_steep(&self) -> bool {
        let exponents = self.exponents().into_iter();
        exponents.zip(MAX_EXPONENT).any(|(is, most)| is > most)
    }
}

#[test]
fn an_exponent_is_that_of_the_curve() {
    for expected in [0.0, 1.0, 1.5, 2.0] {
        let points = [1.0, 2.0, 4.0, 8.0].map(|n: f64| (n, 7.0 * n.powf(expected)));
        assert!((exponent(&points) - expected).abs() < 1e-9);
    }
}

/// Prints the curves with `--nocapture`.
#[test]
fn costs_do_not_grow_with_the_square_of_a_policy() {
    let mut steep = Vec::new();
    for family in FAMILIES {
        let mut curves = Curves::new(family);
        curves.measure();
        for _ in 0..3 {
            if curves.is_steep() {
                curves.measure();
            }
        }
        let [allocations, seconds] = curves.exponents();
        let line = format!(
            "{:45} {:?} allocations: n^{allocations:.2}, {:.3?} s: n^{seconds:.2}",
            family.name, curves.least[0], curves.least[1],
        );
        println!("{line}");
        if curves.is_steep() {
            steep.push(line);
        }
    }
    assert!(steep.is_empty(), "{steep:#?}");
}

/// Maximum processor time for one of these policies. Each takes less than a second on an idle
/// machine, and took seconds or minutes before there were limits.
const MAX_SECONDS: f64 = 5.0;

/// Prints the times with `--nocapture`.
#[test]
fn the_worst_policies_are_compiled_in_time() {
    let opt_out = r#"dangerously_allow(unconfined_origin, "https://*.a$")"#;
    let assertions = parts(300, r#""https://b$.example""#);
    for policy in [
        entries(10_000, r#""https://*.a$.example""#),
        entries(10_000, r#""https://a$-*.example.com""#),
        entries(3_000, opt_out),
        format!(
            "{}, assert_allowed = [{assertions}]",
            entries(1_500, r#""https://a$.example""#)
        ),
        parts(1_000, r#"rule(allow_origins = ["https://*.a$.example"])"#),
        entries(
            2,
            r#"regex("https://(?:x|(?:[a-z]{240$})+)\\.example\\.com")"#,
        ),
        entries(2, r#"regex("https://(?:x|(?:[a-z]{240$})+)")"#),
        entries(40, r#"regex("https://(a|b{9}|[b-z]{1$})\\.example")"#),
        entries(
            40,
            r#"regex("https://(?:x|(?:[a-z]{24$})+)\\.example\\.com")"#,
        ),
        entries(1, &format!(r#""https://{}.example""#, "a".repeat(2_800))),
        entries(1, &format!(r#""https://{}.example""#, "ä".repeat(2_800))),
        entries(
            1,
            &format!(r#"regex("https://[a-z]{}.example")"#, "a".repeat(2_800)),
        ),
    ] {
        let start: String = policy.chars().take(80).collect();
        // Another program may have used the processor.
        let mut times = (0..5).map(|_| costs(&policy)[1]);
        let seconds = times.find(|seconds| *seconds < MAX_SECONDS);
        println!("{seconds:.3?} s: {start}");
        assert!(seconds.is_some(), "{start}");
    }
}
