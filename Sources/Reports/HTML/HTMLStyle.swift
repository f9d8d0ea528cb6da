/// The style sheet of the HTML report.
package enum HTMLStyle {
  /// The whole sheet.
  package static let text = HTMLPalette.declarations + base + layout + tables + cards + media

  private static let base = """
    *{box-sizing:border-box}
    html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
    background:var(--page-ground);color:var(--page);color-scheme:light dark;
    -webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;font-variant-numeric:tabular-nums}
    h1,h2,h3{line-height:1.25;margin:0;overflow-wrap:anywhere;text-wrap:balance}
    h1{font-size:1.6rem;font-weight:650;letter-spacing:-.01em}
    h2{font-size:1.15rem;font-weight:650;padding-top:.9rem;border-top:2px solid var(--page)}
    h3{font-size:.95rem;font-weight:650}
    p{margin:.5rem 0;max-width:75ch}
    a{color:var(--link);text-underline-offset:.15em}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    code,pre,.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
    font-size:.86em;overflow-wrap:anywhere}
    pre{margin:0;white-space:pre-wrap}
    .note{color:var(--muted);font-size:.87rem;max-width:100ch}
    .skip{position:absolute;left:-100vw}
    .skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--page-ground);z-index:9}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}

    """

  private static let layout = """
    header,main,footer,nav{padding-inline:max(1rem,calc((100vw - 1240px)/2))}
    main{display:grid;gap:2.5rem;padding-block:2rem 3rem}
    main>*{min-width:0}
    section{display:grid;gap:1rem;align-content:start}
    section>*{min-width:0}
    header{padding-block:1.6rem 1.7rem;color:var(--bandfail)}
    header.pass{background:var(--bandpass-ground)}
    header.fail{background:var(--bandfail-ground)}
    header.caution{background:var(--bandcaution-ground)}
    .kicker{margin:0 0 1.1rem;max-width:none;font-size:.87rem;letter-spacing:.01em}
    .band{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:1rem 2.25rem;
    align-items:center}
    .verdict{margin:0;font-size:2.9rem;line-height:1;font-weight:750;letter-spacing:-.02em;
    padding-right:2.25rem;border-right:1px solid currentColor}
    .verdict span{font-weight:400;margin-right:.12em}
    .subject p{margin:.3rem 0 0}
    .counters{display:flex;gap:2rem;margin:0}
    .counters div{display:flex;flex-direction:column-reverse}
    .counters dd{margin:0;font-size:1.7rem;line-height:1.1;font-weight:650}
    .counters dt{font-size:.85rem}
    .share{display:block;width:100%;height:10px;margin-top:1.4rem}
    .share rect{stroke:none}
    .share .s1{fill:#fff}
    .share .s2{fill:#000;fill-opacity:.55}
    .share .s3{fill:#fff;fill-opacity:.4}
    nav{border-bottom:1px solid var(--rule);background:var(--panel-ground)}
    nav ul{display:flex;flex-wrap:wrap;gap:0 1.6rem;list-style:none;margin:0;padding:0}
    nav a{display:block;padding:.65rem 0;text-decoration:none;font-size:.9rem}
    nav a:hover{text-decoration:underline}
    nav b{font-weight:600;color:var(--fail);background:var(--fail-ground);border-radius:1em;
    padding:0 .5em;margin-left:.2em;font-size:.85em}
    .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,170px),1fr));
    gap:.9rem 2rem;margin:0}
    .facts dt{color:var(--muted);font-size:.82rem}
    .facts dd{margin:0;overflow-wrap:anywhere}
    .wide{grid-template-columns:minmax(0,1fr)}
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));
    gap:1.5rem 2.5rem;align-items:start}
    .pair>*{min-width:0}
    .stack{display:grid;gap:.9rem}
    .stack>*{min-width:0}
    footer{border-top:1px solid var(--rule);color:var(--muted);font-size:.85rem;
    padding-block:1.2rem 2.5rem;background:var(--panel-ground)}

    """

  private static let tables = """
    .scroll{overflow-x:auto;max-width:100%}
    .tall{max-height:25rem;overflow-y:auto;border-bottom:1px solid var(--rule)}
    .tall thead th{position:sticky;top:0;z-index:1}
    .tall table{width:100%}
    table{border-collapse:collapse;font-size:.88rem;line-height:1.35}
    caption{text-align:left;font-weight:650;font-size:.95rem;padding-bottom:.5rem}
    th,td{padding:.34rem .8rem;text-align:right;border-bottom:1px solid var(--rule);
    white-space:nowrap}
    th:first-child,td:first-child{text-align:left;padding-left:0}
    th{font-weight:600}
    thead th{color:var(--muted);background:var(--page-ground);font-weight:500;font-size:.82rem;
    vertical-align:bottom}
    td.wrap,th.wrap{white-space:normal;overflow-wrap:anywhere;text-align:left;min-width:15em}
    td.left,th.left{text-align:left}
    th.mono{font-weight:400}
    .bad{color:var(--fail);font-weight:650}
    .heat{border-collapse:separate;border-spacing:2px;font-size:.8rem}
    .heat th,.heat td{border:0;padding:.2rem .5rem}
    .heat td{text-align:center;min-width:4.6em;border-radius:2px}
    .heat thead th{text-align:center}
    .heat thead th:first-child{text-align:left}
    .heat tbody th{position:sticky;left:0;background:var(--page-ground);padding:.2rem .9rem .2rem 0;
    font-weight:500}
    .heat td a{color:inherit;text-decoration:none;display:block}
    .heat td a:hover{text-decoration:underline}
    .heat td:empty{background:none}
    .p{background:var(--pass-ground);color:var(--pass)}
    .x{background:var(--fail-ground);color:var(--fail);font-weight:650;
    box-shadow:inset 3px 0 0 var(--failmark)}
    .u{color:var(--skip);background:repeating-linear-gradient(135deg,var(--skip-ground) 0 6px,
    var(--page-ground) 6px 8px)}
    .q{color:var(--caution);background:var(--caution-ground);
    box-shadow:inset 0 0 0 1px var(--cautionmark)}
    .n{color:var(--muted);box-shadow:inset 0 0 0 1px var(--rule)}
    .legend{display:flex;flex-wrap:wrap;gap:.5rem 1.4rem;list-style:none;margin:0;padding:0;
    font-size:.85rem}
    .legend span{display:inline-block;min-width:3.6em;text-align:center;border-radius:2px;
    padding:.05rem .4rem;margin-right:.5em;font-size:.8rem}

    """

  private static let cards = """
    .group{display:grid;gap:0;border:1px solid var(--rule);border-radius:4px}
    .group>h3{padding:.4rem .9rem;background:var(--panel-ground);border-radius:4px 4px 0 0}
    .group h3 small{font-weight:400;color:var(--muted);font-size:.85rem;margin-left:.5em}
    details.card{border-top:1px solid var(--rule)}
    .card>summary{display:grid;gap:.2rem .9rem;
    grid-template-columns:.7rem 6.2rem minmax(0,23rem) 8.5rem minmax(0,1fr) auto;
    padding:.36rem .9rem;cursor:pointer;align-items:baseline;list-style:none}
    .card>summary::-webkit-details-marker{display:none}
    .card>summary::before{content:"▸";color:var(--muted)}
    .card[open]>summary::before{content:"▾"}
    .card>summary:hover{background:var(--panel-ground)}
    .card summary code{font-size:.85rem}
    .card summary .code{color:var(--muted)}
    .card .tag{justify-self:start}
    .tag{font-size:.78rem;font-weight:650;border-radius:2px;padding:.05rem .45rem;
    white-space:nowrap}
    .what{color:var(--muted);font-size:.85rem;overflow:hidden;text-overflow:ellipsis;
    white-space:nowrap}
    details[open]>summary .what{visibility:hidden}
    .far{white-space:nowrap;font-size:.85rem;color:var(--muted);text-align:right}
    .body{display:grid;gap:.9rem;padding:.4rem .9rem 1.2rem}
    .body>*{min-width:0}
    .body p{margin:0;overflow-wrap:anywhere}
    .lead{font-weight:600}
    .body .facts{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;font-size:.87rem}
    .body .facts div{display:flex;gap:.5em}
    .body .facts dt{font-size:inherit}
    .body ul{margin:0;padding-left:1.1rem;max-width:90ch}
    .body li{overflow-wrap:anywhere}
    .body:target{box-shadow:inset 4px 0 0 var(--link)}
    .value td{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
    font-size:.92em;text-align:left}
    .value th{text-align:left;color:var(--muted);font-weight:500;padding-left:0}
    .value thead th{padding-left:.8rem}
    .value thead th:first-child{padding-left:0}
    .log{background:var(--panel-ground);padding:.6rem .8rem;border-left:3px solid var(--rule);
    max-height:16em;overflow:auto}
    .command{display:block;background:var(--panel-ground);padding:.55rem .8rem;border-radius:3px;
    user-select:all;-webkit-user-select:all}
    .command::before{content:"$ ";color:var(--muted);user-select:none;-webkit-user-select:none}
    .plot{display:block;width:100%;min-width:660px;height:auto;max-width:1000px}
    .plot text{fill:var(--muted);font-size:11px}
    .plot .count{fill:var(--page)}
    .plot .axis{stroke:var(--page);stroke-width:1}
    .plot .grid{stroke:var(--rule);stroke-width:1}
    .plot .in{fill:var(--passmark)}
    .plot .out{fill:var(--failmark)}
    .plot .limit{stroke:var(--page);stroke-width:2;stroke-dasharray:5 3}
    .plot .limit-name{fill:var(--page);font-weight:650;font-size:12px}
    details>summary{cursor:pointer}
    .find{display:flex;flex-wrap:wrap;gap:.8rem 1.5rem;align-items:end}
    .find label{display:grid;gap:.2rem;font-size:.82rem;color:var(--muted)}
    .find label:first-child{flex:1 1 16rem}
    .find input,.find select{font:inherit;font-size:1rem;color:var(--page);
    background:var(--page-ground);border:1px solid var(--muted);border-radius:3px;
    padding:.4rem .6rem;width:100%}

    """

  private static let media = """
    @media (max-width:760px){
    .band{grid-template-columns:minmax(0,1fr)}
    .verdict{border-right:0;padding:0;font-size:2.4rem}
    .counters{justify-content:space-between;gap:1rem}
    .card>summary{grid-template-columns:.7rem auto minmax(0,1fr)}
    .card>summary code:not(.code){grid-column:2/-1;grid-row:2}
    .card>summary .what{display:none}
    .card>summary .far{grid-column:2/-1;text-align:left}
    th,td{padding:.34rem .5rem}
    }
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    @media print{
    @page{size:A4;margin:14mm}
    html{font-size:10.5px}
    header,main,footer{padding-inline:0}
    header,.heat td,.tag,.legend span{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    header{padding-inline:1rem}
    nav,.skip,#cases{display:none}
    .scroll{overflow:visible;max-height:none}
    .plot{min-width:0}
    .log{max-height:none}
    details::details-content{content-visibility:visible;height:auto}
    section,.card{break-inside:auto}
    h2,h3,tr,.group>h3{break-after:avoid}
    tr,figure{break-inside:avoid}
    a{color:inherit;text-decoration:none}
    }

    """
}
