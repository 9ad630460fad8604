/// How the page looks: light and dark after the reader's setting.
enum AuditStyle {
  static let css = """
    :root { --paper: #fff; --ink: #1b1f24; --soft: #5c6670; --line: #dde2e7; --shade: #f5f7f9; --honest: #1f63d6;
      --partial: #8a3fb0; --blind: #c2661a; --good: #17803d; --bad: #b42318; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e7eaee; --soft: #9aa4af; --line: #2f363e;
      --shade: #1c2127; --honest: #74a9ff; --partial: #cf9bec; --blind: #f0a35e; --good: #5fd38a; --bad: #ff8b7e; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
    main { max-width: 980px; margin: 0 auto; padding: 32px 24px 64px; }
    h1 { font-size: 26px; line-height: 1.2; margin: 0 0 6px; } h2 { font-size: 19px; margin: 34px 0 8px; }
    h2 small, .legend, .note { font-weight: 400; font-size: 13px; color: var(--soft); }
    .headline { font-size: 17px; margin: 0; } .good { color: var(--good); } .bad { color: var(--bad); }
    .warning { border-left: 4px solid var(--blind); background: var(--shade); padding: 6px 14px; }
    .facts { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 8px 0 14px; }
    .facts dt { font-size: 12px; color: var(--soft); } .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
    .violations { border-left: 4px solid var(--bad); background: var(--shade); margin: 0 0 18px; padding: 8px 14px 8px 32px;
      overflow-wrap: anywhere; } .violations small { color: var(--soft); margin: 0 6px; }
    figure { margin: 0 0 18px; } figcaption { font-weight: 600; margin-bottom: 6px; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 8px 26px; }
    .key { font-weight: 600; margin-left: 8px; } .key.honest, td.honest { color: var(--honest); }
    .key.partial, td.partial { color: var(--partial); } .key.blind, td.blind { color: var(--blind); }
    svg { display: block; width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; }
    svg .tick { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
    .grid { stroke: var(--line); stroke-width: 1; } .whisker { stroke: var(--ink); stroke-width: 1.5; stroke-opacity: 0.85; }
    g.honest rect, circle.honest { fill: var(--honest); } g.partial rect, circle.partial { fill: var(--partial); }
    g.blind rect, circle.blind { fill: var(--blind); } g rect { fill-opacity: 0.75; } circle { fill-opacity: 0.4; }
    .line { fill: none; stroke-width: 2; } .line.honest { stroke: var(--honest); } .line.blind { stroke: var(--blind); }
    .broken { stroke-dasharray: 6 5; } .band { fill: var(--honest); fill-opacity: 0.15; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: 5px 8px; border-bottom: 1px solid var(--line); } .number { text-align: right; }
    summary { cursor: pointer; color: var(--soft); }
    pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; overflow-x: auto; }
    @media print { figure, tr { break-inside: avoid; } main { max-width: none; padding: 0; } }
    """
}
