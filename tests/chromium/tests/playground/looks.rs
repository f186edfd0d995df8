//! What the playground looks like: in dark and light, on a desk and on a phone.

use std::fs;
use std::path::Path;

use crate::open::{MISTAKES, Playground};
use chromium_suite::ColourScheme;

const SCHEMES: [(ColourScheme, &str); 2] =
    [(ColourScheme::Light, "light"), (ColourScheme::Dark, "dark")];

/// All texts that can be seen, with the [contrast] to what is behind them, if it is too low.
///
/// [contrast]: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
const FAINT: &str = "
    const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
    const luminance = (colour) => {
        const [r, g, b] = numbers(colour).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const isOpaque = (colour) => (numbers(colour)[3] ?? 1) === 1;
    const ground = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        return isOpaque(colour) ? colour : ground(element.parentElement);
    };
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const owners = new Set(document.querySelectorAll('input, select'));
    while (walker.nextNode()) {
        if (walker.currentNode.data.trim()) owners.add(walker.currentNode.parentElement);
    }
    const seen = [...owners].filter((element) => element.checkVisibility());
    const faint = seen.flatMap((element) => {
        const style = getComputedStyle(element);
        const colour = element.ownerSVGElement ? style.fill : style.color;
        const [dark, light] = [luminance(colour), luminance(ground(element))].sort((a, b) => a - b);
        const ratio = (light + 0.05) / (dark + 0.05);
        return ratio < 4.5 || !isOpaque(colour) ? [`${element.textContent}: ${ratio}`] : [];
    });
    return [seen.length, faint]";

/// Waits until colours are blended in, and the caret is out of the picture.
const STEADY: &str = "document.activeElement.blur();
    await new Promise((resolve) => setTimeout(resolve, 300))";

#[test]
fn texts_contrast_with_their_background() {
    let Some(playground) = Playground::open() else {
        return;
    };
    for (scheme, _) in SCHEMES {
        playground.browser.set_colour_scheme(scheme);
        playground.browser.goto(&playground.address);
        for (origin, is_edited) in [
            ("https://app.example.com", false),
            ("http://app.example.com", true),
        ] {
            playground.choose("origin", origin);
            playground.press("#row-0");
            if is_edited {
                playground.edit(MISTAKES);
            }
            // Colours are blended in.
            playground.browser.run::<()>(
                "await new Promise((resolve) => setTimeout(resolve, 300))",
                &[],
            );
            let (count, faint): (usize, Vec<String>) = playground.browser.run(FAINT, &[]);
            assert!(count > 100, "{count}");
            assert_eq!(faint, [""; 0], "{scheme:?}");
        }
        playground.browser.goto(&playground.visitors[0]);
        playground.browser.run::<()>(
            "const call = document.getElementById('call');
            while (call.textContent === '') await new Promise((resolve) => setTimeout(resolve, 10))",
            &[],
        );
        let (count, faint): (usize, Vec<String>) = playground.browser.run(FAINT, &[]);
        assert!(count >= 4, "{count}");
        assert_eq!(faint, [""; 0], "{scheme:?}");
    }
}

#[test]
fn a_phone_is_wide_enough() {
    let Some(playground) = Playground::open() else {
        return;
    };
    playground.browser.set_window(360, 800);
    for page in [&playground.address]
        .into_iter()
        .chain(&playground.visitors)
    {
        playground.browser.goto(page);
        if page == &playground.address {
            playground.choose(
                "origin",
                "https://a-very-long-name-without-a-hyphen.app.example.com:65535",
            );
            playground.press("[value=Authorization]");
            playground.press("#row-0");
            playground.edit(MISTAKES);
        }
        let wide: [u32; 2] = playground.browser.run(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]",
            &[],
        );
        assert_eq!(wide, [360, 360], "{page}");
        // Columns on a wide screen become rows on a narrow one.
        let (grids, beside): (usize, Vec<String>) = playground.browser.run(
            "const all = [...document.querySelectorAll('.columns, #visitors, .messages')];
            const grids = all.filter((grid) => grid.offsetParent !== null);
            const tracks = (grid) => getComputedStyle(grid).gridTemplateColumns.split(' ').length;
            const name = (grid) => `${grid.id} ${grid.className}`;
            return [grids.length, grids.filter((grid) => tracks(grid) > 1).map(name)]",
            &[],
        );
        assert_eq!(beside, [""; 0], "{page}");
        assert!(grids >= 3 || page != &playground.address, "{grids}");
    }
}

/// Takes screenshots for review, in `target/tmp`; with `BLESS=1`, also rewrites the one of the
/// README.
#[test]
fn screenshots_are_taken() {
    let Some(playground) = Playground::open() else {
        return;
    };
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (scheme, name) in SCHEMES {
        playground.browser.set_colour_scheme(scheme);
        for (device, width) in [("desk", 1280), ("phone", 360)] {
            playground.browser.set_window(width, 800);
            playground.browser.goto(&playground.address);
            playground.choose("origin", "https://shop2.example.net");
            playground.press("[value=Authorization]");
            playground.press("#row-0");
            let height: u32 = playground
                .browser
                .run("return document.documentElement.scrollHeight", &[]);
            playground.browser.set_window(width, height);
            let image = playground.browser.screenshot();
            // https://www.w3.org/TR/png-3/#11IHDR
            assert_eq!(
                image[16..24],
                [width.to_be_bytes(), height.to_be_bytes()].concat()
            );
            fs::write(
                target.join(format!("playground-{device}-{name}.png")),
                image,
            )
            .unwrap();
            playground.browser.set_window(width, 1400);
            playground.edit(MISTAKES);
            playground.browser.run::<()>(STEADY, &[]);
            let image = playground.browser.screenshot();
            let name = format!("playground-mistakes-{device}-{name}.png");
            fs::write(target.join(name), image).unwrap();
        }
    }
    playground.browser.set_colour_scheme(ColourScheme::Light);
    playground.browser.set_window(960, 640);
    playground.browser.goto(&playground.address);
    playground.edit(MISTAKES);
    let script = "scrollTo(0, document.querySelector('#policy-title').offsetTop - 20)";
    playground.browser.run::<()>(script, &[]);
    playground.browser.run::<()>(STEADY, &[]);
    let image = playground.browser.screenshot();
    let kept =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/playground/screenshot.png");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, image).unwrap();
    }
    assert!(fs::metadata(&kept).unwrap().len() < 120_000);
}
