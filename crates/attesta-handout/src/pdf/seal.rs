//! The seal: an outline and a sign for each verdict, as the window draws them on a square of 32 units.

use std::f32::consts::TAU;

use krilla::geom::{Path, PathBuilder, Transform};

/// How a part of a seal is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stroke {
    /// Filled, with what lies within it cut out.
    Solid,
    /// In line.
    Line,
    /// In line with gaps: the length of a dash and of a gap.
    Dashed(f32, f32),
}

const CENTRE: f32 = 16.0;
const RADIUS: f32 = 12.8;
const LOBES: usize = 14;

/// The width of a seal's lines, in its own units.
pub(super) const LINE_WIDTH: f32 = 2.2;

/// The parts of a verdict's seal, `side` points large with its corner at `(x, y)`. A verdict that this build does not
/// know is drawn as one that could not be verified.
pub(super) fn seal(verdict: &str, x: f32, y: f32, side: f32) -> Vec<(Path, Stroke)> {
    let mut builder = PathBuilder::new();
    let mut sign = PathBuilder::new();
    let outline = match verdict {
        "valid" => {
            scallop(&mut builder, LOBES, 13.2, 16.4);
            polygon(
                &mut builder,
                &[(8.6, 17.5), (14.36, 23.1), (23.6, 12.9), (21.4, 10.9), (14.24, 18.9), (10.7, 15.4)],
            );
            Stroke::Solid
        }
        "status_unknown" => {
            arc(&mut builder, RADIUS, 0.0, 360.0);
            for at in [11.0, 16.0, 21.0] {
                segments(&mut sign, &[&[(at, 16.0), (at + 0.01, 16.0)]]);
            }
            Stroke::Dashed(0.1, 4.37)
        }
        "not_yet_valid" => {
            arc(&mut builder, RADIUS, 0.0, 360.0);
            segments(&mut sign, &[&[(16.0, 9.6), (16.0, 16.0), (20.2, 18.6)]]);
            Stroke::Line
        }
        "expired" => {
            arc(&mut builder, RADIUS, 0.0, 360.0);
            segments(&mut sign, &[&[(12.0, 10.0), (20.0, 10.0)], &[(12.0, 22.0), (20.0, 22.0)]]);
            sign.move_to(12.8, 10.0);
            sign.cubic_to(12.8, 15.0, 19.2, 17.0, 19.2, 22.0);
            sign.move_to(19.2, 10.0);
            sign.cubic_to(19.2, 15.0, 12.8, 17.0, 12.8, 22.0);
            Stroke::Line
        }
        "suspended" => {
            arc(&mut builder, RADIUS, 0.0, 360.0);
            segments(&mut sign, &[&[(13.2, 11.4), (13.2, 20.6)], &[(18.8, 11.4), (18.8, 20.6)]]);
            Stroke::Line
        }
        "revoked" => {
            arc(&mut builder, RADIUS, 0.0, 360.0);
            segments(&mut sign, &[&[(4.6, 27.4), (27.4, 4.6)]]);
            Stroke::Line
        }
        "invalid" => {
            // Two halves that no longer meet.
            arc(&mut builder, RADIUS, -28.0, 118.0);
            arc(&mut builder, RADIUS, 152.0, 298.0);
            segments(&mut sign, &[&[(11.8, 11.8), (20.2, 20.2)], &[(20.2, 11.8), (11.8, 20.2)]]);
            Stroke::Line
        }
        "rejected" => {
            // No seal at all: a sheet with a turned corner.
            polygon(&mut builder, &[(8.0, 4.5), (18.5, 4.5), (25.0, 11.0), (25.0, 27.5), (8.0, 27.5)]);
            segments(&mut sign, &[&[(18.5, 4.5), (18.5, 11.0), (25.0, 11.0)], &[(12.5, 19.0), (20.5, 19.0)]]);
            Stroke::Line
        }
        _ => {
            arc(&mut builder, RADIUS, 0.0, 360.0);
            sign.move_to(13.0, 13.2);
            sign.cubic_to(13.0, 8.9, 19.2, 9.0, 19.2, 13.2);
            sign.cubic_to(19.2, 15.9, 16.0, 15.6, 16.0, 18.2);
            segments(&mut sign, &[&[(16.0, 21.6), (16.0, 21.61)]]);
            Stroke::Dashed(4.6, 3.44)
        }
    };
    let place = Transform::from_row(side / 32.0, 0.0, 0.0, side / 32.0, x, y);
    let placed = |path: Option<Path>| path.and_then(|path| path.transform(place));
    let dashed = |stroke: Stroke| match stroke {
        Stroke::Dashed(dash, gap) => Stroke::Dashed(dash * side / 32.0, gap * side / 32.0),
        other => other,
    };
    let parts = [
        placed(builder.finish()).map(|path| (path, dashed(outline))),
        placed(sign.finish()).map(|path| (path, Stroke::Line)),
    ];
    parts.into_iter().flatten().collect()
}

/// One thread of a guilloche: a closed curve that swings `lobes` times around a circle, begun at `phase`.
pub(super) fn thread(centre: (f32, f32), radius: f32, lobes: usize, swing: f32, phase: f32) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let steps = lobes * 12;
    for step in 0..steps {
        let angle = step as f32 / steps as f32 * TAU;
        let reach = radius + swing * (lobes as f32 * angle + phase).cos();
        let (x, y) = (centre.0 + reach * angle.cos(), centre.1 + reach * angle.sin());
        if step == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
    }
    builder.close();
    builder.finish()
}

fn point(angle: f32, radius: f32) -> (f32, f32) {
    (CENTRE + radius * angle.cos(), CENTRE + radius * angle.sin())
}

fn scallop(builder: &mut PathBuilder, lobes: usize, inner: f32, outer: f32) {
    let (x, y) = point(0.0, inner);
    builder.move_to(x, y);
    for lobe in 0..lobes {
        let (from, to) = (lobe as f32 / lobes as f32 * TAU, (lobe + 1) as f32 / lobes as f32 * TAU);
        let (control, end) = (point((from + to) / 2.0, outer), point(to, inner));
        builder.quad_to(control.0, control.1, end.0, end.1);
    }
    builder.close();
}

/// An arc in cubic curves of at most a quarter of the circle; a whole circle is closed.
fn arc(builder: &mut PathBuilder, radius: f32, from: f32, to: f32) {
    let parts = ((to - from) / 90.0).ceil().max(1.0);
    let step = (to - from).to_radians() / parts;
    let handle = 4.0 / 3.0 * (step / 4.0).tan() * radius;
    let mut angle = from.to_radians();
    let (x, y) = point(angle, radius);
    builder.move_to(x, y);
    for _ in 0..parts as usize {
        let (start, next) = (point(angle, radius), angle + step);
        let end = point(next, radius);
        builder.cubic_to(
            start.0 - handle * angle.sin(),
            start.1 + handle * angle.cos(),
            end.0 + handle * next.sin(),
            end.1 - handle * next.cos(),
            end.0,
            end.1,
        );
        angle = next;
    }
    if to - from >= 360.0 {
        builder.close();
    }
}

fn polygon(builder: &mut PathBuilder, corners: &[(f32, f32)]) {
    for (index, (x, y)) in corners.iter().enumerate() {
        if index == 0 { builder.move_to(*x, *y) } else { builder.line_to(*x, *y) }
    }
    builder.close();
}

fn segments(builder: &mut PathBuilder, lines: &[&[(f32, f32)]]) {
    for line in lines {
        for (index, (x, y)) in line.iter().enumerate() {
            if index == 0 { builder.move_to(*x, *y) } else { builder.line_to(*x, *y) }
        }
    }
}
