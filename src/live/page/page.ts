import { createHash } from 'node:crypto';

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
h1{font-size:1.3rem}table{border-collapse:collapse;width:100%}th,td{text-align:right;padding:.25rem .6rem;border-bottom:1px solid #8884}
th:first-child,td:first-child{text-align:left;font-family:ui-monospace,monospace;overflow-wrap:anywhere}td.bad{font-weight:700;color:#b3261e}
@media(prefers-color-scheme:dark){td.bad{color:#ff8a80}}button{font:inherit}`;

/** Text goes in as text only: what comes from outside is never markup. */
const script = `const byId=id=>document.getElementById(id);
const percent=share=>(Math.floor(share*1e6)/1e4).toFixed(4)+'%';
const share=(part,whole)=>whole===0?'':percent(part/whole);
const reasons=counts=>Object.entries(counts).map(([reason,count])=>count+' '+reason).join(', ');
function cell(row,text,bad){const td=row.insertCell();td.textContent=text;if(bad)td.className='bad'}
function show(s){
byId('counts').textContent=s.requests+' requests = '+s.copied+' copied + '+(s.requests-s.copied)+' skipped; '+s.copied+' copied = '+s.pending+' pending + '+s.compared+' compared + '+s.lost+' lost; '+s.compared+' compared = '+s.matched+' matched + '+s.divergent+' divergent + '+s.suppressed+' suppressed + '+s.inconclusive+' inconclusive';
byId('state').textContent=(s.copying?'Copying.':'Copying is switched off.')+(s.circuitOpen?' The candidate does not answer and is left alone.':'')+(s.apart===null?'':' '+s.apart);
byId('kill').textContent=s.copying?'Stop copying':'Copy again';byId('kill').dataset.to=s.copying?'off':'on';
const body=byId('routes');body.replaceChildren();
for(const r of s.routes){const row=body.insertRow();cell(row,r.route);cell(row,r.requests);cell(row,r.compared);cell(row,r.divergent+(r.divergent?' ('+share(r.divergent,r.compared)+')':''),r.divergent>0);cell(row,r.suppressed+(r.suppressed?' ('+share(r.suppressed,r.compared)+')':''));cell(row,r.inconclusive);cell(row,percent(r.lowerBound));cell(row,r.latest??'');cell(row,reasons(r.skipped))}}
const token=document.querySelector('meta[name=token]').content;
byId('kill').addEventListener('click',event=>fetch('/copying',{method:'POST',headers:{'x-parity-token':token},body:event.target.dataset.to}));
const events=new EventSource('/events');events.onmessage=event=>show(JSON.parse(event.data));
events.onerror=()=>{byId('state').textContent='No connection to the shadow.'};`;

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Nothing but what the page itself holds runs in it, and nobody frames it. */
export const pagePolicy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page of a live comparison. The token, hexadecimal, lets it switch copying off. */
export function pageText(token: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="token" content="${token}">
<title>parity shadow</title><style>${style}</style></head>
<body><h1>parity shadow</h1><p id="state" role="status">Connecting.</p><p><button id="kill" type="button">Stop copying</button></p><p id="counts"></p>
<table><thead><tr><th scope="col">Route</th><th scope="col">Requests</th><th scope="col">Compared</th><th scope="col">Divergent</th><th scope="col">Suppressed</th><th scope="col">Inconclusive</th><th scope="col">At least alike</th><th scope="col">Latest example</th><th scope="col">Skipped</th></tr></thead><tbody id="routes"></tbody></table>
<p><a href="/status">status</a> <a href="/metrics">metrics</a></p><script>${script}</script></body></html>
`;
}
