/// How the summary looks: light and dark after the reader's setting, and plain on paper.
enum SummaryStyle {
  static let css = """
    :root { --paper: #fff; --ink: #1b1f24; --soft: #5c6670; --line: #dde2e7; --shade: #f5f7f9;
      --before: #c2661a; --after: #1f63d6; --control: #6d7681; --reference: #23272d; --good: #17803d; --bad: #b42318;
      --s0: #0d7a70; --s1: #8a3fb0; --s2: #be185d; --s3: #3730a3; --s4: #7c2d12; --s5: #a21caf; --s6: #5b7c0a; --s7: #0e7490; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e7eaee; --soft: #9aa4af; --line: #2f363e;
      --shade: #1c2127; --before: #f0a35e; --after: #74a9ff; --control: #9aa4af; --reference: #e7eaee; --good: #5fd38a;
      --bad: #ff8b7e; --s0: #4fd1c1; --s1: #cf9bec; --s2: #f58bb5; --s3: #a5b4fc;
      --s4: #e0a98f; --s5: #f0abfc; --s6: #b4d455; --s7: #7cd4e6; } }
    @media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #ccc; --shade: #fff; --before: #c2661a;
      --after: #1f63d6; --control: #6d7681; --reference: #000; --good: #17803d; --bad: #b42318; --s0: #0d7a70; --s1: #8a3fb0;
      --s2: #be185d; --s3: #3730a3; --s4: #7c2d12; --s5: #a21caf; --s6: #5b7c0a; --s7: #0e7490; } figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
      main { max-width: none; padding: 0; } details::details-content { content-visibility: visible; display: block; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
    main { max-width: 1040px; margin: 0 auto; padding: 32px 24px 64px; }
    h1 { font-size: 26px; line-height: 1.2; margin: 0 0 6px; }
    h2 { font-size: 18px; margin: 36px 0 10px; }
    .headline { font-size: 17px; margin: 0 0 14px; }
    .facts { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 14px 0 0; }
    .facts dt { font-size: 12px; color: var(--soft); }
    .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
    .note, .empty { color: var(--soft); font-size: 13px; margin: 6px 0 0; }
    .warnings { border-left: 4px solid var(--before); background: var(--shade); padding: 2px 16px 10px; margin-top: 24px; }
    .warnings h2 { margin: 10px 0 4px; } .warnings ul { margin: 0; padding-left: 20px; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: 7px 8px; border-bottom: 1px solid var(--line); vertical-align: middle; }
    thead th { font-size: 13px; font-weight: 600; color: var(--soft); border-bottom-width: 2px; }
    tbody th { font-weight: 600; min-width: 120px; overflow-wrap: anywhere; }
    .number { text-align: right; white-space: nowrap; } thead .number { white-space: normal; vertical-align: bottom; }
    .number small { display: block; color: var(--soft); font-size: 11.5px; }
    thead .before { color: var(--before); } thead .after { color: var(--after); } thead .control { color: var(--control); }
    .up b { color: var(--good); } .down b { color: var(--bad); }
    svg { display: block; width: 100%; height: auto; }
    svg.intervals { width: 150px; height: 34px; } thead svg.intervals { height: 16px; }
    svg text { fill: var(--ink); font-size: 11.5px; }
    svg .tick { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
    svg .block { font-size: 11px; }
    .grid { stroke: var(--line); stroke-width: 1; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    .band { stroke: none; fill-opacity: 0.16; }
    .line.s0 { stroke: var(--s0); } .line.s1 { stroke: var(--s1); stroke-dasharray: 9 3; }
    .line.s2 { stroke: var(--s2); stroke-dasharray: 2 4; } .line.s3 { stroke: var(--s3); stroke-dasharray: 9 3 2 3; }
    .line.s4 { stroke: var(--s4); stroke-dasharray: 14 4; } .line.s5 { stroke: var(--s5); stroke-dasharray: 5 5; }
    .line.s6 { stroke: var(--s6); stroke-dasharray: 2 2; } .line.s7 { stroke: var(--s7); stroke-dasharray: 14 3 2 3 2 3; }
    .line.before { stroke: var(--before); stroke-dasharray: 2 4; } .line.after { stroke: var(--after); }
    .line.control { stroke: var(--control); stroke-dasharray: 9 3; }
    .band.before, .dot.before { fill: var(--before); } .band.after, .dot.after { fill: var(--after); }
    .band.control, .dot.control { fill: var(--control); }
    .line.broken { stroke-dasharray: 6 5; }
    .band.s0, .dot.s0, .mark.s0 { fill: var(--s0); } .band.s1, .dot.s1, .mark.s1 { fill: var(--s1); }
    .band.s2, .dot.s2, .mark.s2 { fill: var(--s2); } .band.s3, .dot.s3, .mark.s3 { fill: var(--s3); }
    .band.s4, .dot.s4, .mark.s4 { fill: var(--s4); } .band.s5, .dot.s5, .mark.s5 { fill: var(--s5); }
    .band.s6, .dot.s6, .mark.s6 { fill: var(--s6); } .band.s7, .dot.s7, .mark.s7 { fill: var(--s7); }
    rect.mark.s0, rect.mark.s1, rect.mark.s2, rect.mark.s3, rect.mark.s4, rect.mark.s5, rect.mark.s6, rect.mark.s7 { fill-opacity: 0.85; }
    h3 { font-size: 15px; margin: 22px 0 6px; } details { margin-top: 10px; }
    nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 18px 0 0; font-size: 13.5px; } nav a { color: var(--after); }
    .findings { margin: 4px 0 0; padding-left: 20px; } .findings li { margin: 3px 0; }
    .cautions { border-left: 4px solid var(--soft); background: var(--shade); padding: 2px 16px 10px; margin-top: 16px; }
    .cautions h2 { margin: 10px 0 4px; } .cautions ul { margin: 0; padding-left: 20px; }
    td.prose { font-size: 13px; } .arm .whisker { stroke: var(--after); } .baseline .whisker { stroke: var(--soft); }
    .estimate { fill: var(--after); } .baseline .estimate { fill: var(--soft); }
    .seed { fill: none; stroke: var(--ink); stroke-width: 1; stroke-opacity: 0.55; }
    audio { display: block; width: 100%; height: 34px; margin: 4px 0 4px; } .badge { font-size: 12px; font-weight: 600;
      border: 1px solid var(--line); border-radius: 9px; padding: 1px 8px; margin-right: 8px; color: var(--soft); }
    .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 22px 26px; }
    .figures:empty { display: none; } .findings + .figures, table + .figures, .note + .figures, details + .figures { margin-top: 16px; }
    figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: 4px; }
    .legend { font-weight: 400; font-size: 13px; color: var(--soft); margin-left: 12px; }
    .key { margin-right: 12px; white-space: nowrap; }
    .key svg { display: inline-block; width: 28px; height: 10px; margin-right: 5px; }
    .swatches { margin-bottom: 12px; }
    .example { background: var(--shade); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px 6px; margin: 0 0 16px; }
    .lane { font-size: 11.5px; } .words { font-size: 11px; font-style: italic; fill: var(--soft); }
    .rail { stroke: var(--line); stroke-width: 1; } .axis { stroke: var(--soft); stroke-width: 1; }
    rect.guide { fill: var(--reference); fill-opacity: 0.07; } line.guide { stroke: var(--reference); stroke-width: 1;
      stroke-dasharray: 3 4; stroke-opacity: 0.55; } line.guide.over { stroke: #fff; } rect.guide.over { fill: #fff; fill-opacity: 0.14; }
    .mark.reference { fill: var(--reference); } .mark.before { fill: var(--before); } .mark.after { fill: var(--after); }
    .mark.control { fill: var(--control); } .mark.context { fill: var(--soft); fill-opacity: 0.45; }
    rect.mark.before, rect.mark.after, rect.mark.control { fill-opacity: 0.85; } .section { fill: var(--soft); }
    .whisker { stroke-width: 2; } .before .whisker { stroke: var(--before); } .after .whisker { stroke: var(--after); }
    .control .whisker { stroke: var(--control); } .before .estimate { fill: var(--before); } .after .estimate { fill: var(--after); }
    .control .estimate { fill: var(--control); } .s0 .whisker { stroke: var(--s0); } .s1 .whisker { stroke: var(--s1); }
    .s2 .whisker { stroke: var(--s2); } .s3 .whisker { stroke: var(--s3); } .s4 .whisker { stroke: var(--s4); }
    .s5 .whisker { stroke: var(--s5); } .s6 .whisker { stroke: var(--s6); } .s7 .whisker { stroke: var(--s7); }
    .s0 .estimate { fill: var(--s0); } .s1 .estimate { fill: var(--s1); } .s2 .estimate { fill: var(--s2); }
    .s3 .estimate { fill: var(--s3); } .s4 .estimate { fill: var(--s4); } .s5 .estimate { fill: var(--s5); }
    .s6 .estimate { fill: var(--s6); } .s7 .estimate { fill: var(--s7); }
    .swatch { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin: 0 5px 0 10px; vertical-align: -1px; }
    .swatch:first-child { margin-left: 0; } .swatch.reference { background: var(--reference); }
    .swatch.s0 { background: var(--s0); } .swatch.s1 { background: var(--s1); } .swatch.s2 { background: var(--s2); }
    .swatch.s3 { background: var(--s3); } .swatch.s4 { background: var(--s4); } .swatch.s5 { background: var(--s5); }
    .swatch.s6 { background: var(--s6); } .swatch.s7 { background: var(--s7); }
    .swatch.control { background: var(--control); } .swatch.before { background: var(--before); } .swatch.after { background: var(--after); }
    pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; overflow-x: auto;
      font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 6px 0 0; }
    summary { cursor: pointer; color: var(--soft); }
    thead small { display: block; font-weight: 400; } .terms dt { font-weight: 600; } .terms dd { margin: 0 0 6px; }
    .terms { font-size: 13px; display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 2px 14px; }
    @media (max-width: 640px) { main { padding: 20px 14px 48px; } .figures { grid-template-columns: 1fr; }
      .wide { overflow-x: auto; } .wide > svg { width: 720px; } .terms { grid-template-columns: 1fr; } }
    """
}
