import { membersOf } from '../compare/json/object-members.ts';
import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, jsonOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import type { Exchange, Response } from '../http/exchange.ts';
import { Kind } from '../json/document.ts';
import { foldData } from '../json/pointer.ts';
import type { Forms } from './forms.ts';
import { maxAlongsideMembers } from './limits.ts';
import type { Placed } from './place.ts';

/**
 * What differs alongside a status, or is taken along by a behaviour of bodies: it belongs to a finding whose identity says nothing of it.
 * Of a body only whether values differ, or with which outermost members it is another one; of headers their names. And of what is about
 * a status the two codes: a class may have many. What belongs to another finding is not looked at.
 */
export function alongsideOf({ compared, divergence, index, recognised, alongside }: Placed): readonly Forms[] {
  const { divergences } = compared.comparison;
  const isFirst = recognised?.divergences[0] === index;
  const isStatus = divergence.facet === 'status' && divergences[index] === divergence;
  const isOfStatus = isStatus || (isFirst && recognised.facet === 'status');
  if (!isOfStatus && !(divergence.facet === 'body' && isFirst)) return [];
  const outcome = compared.candidate.exchanges[divergence.exchange]?.outcome;
  const body = outcome?.kind === 'response' ? bodyForm(alongside, outcome) : [];
  if (!isOfStatus) return [['body:', body]];
  const headers = alongside.filter((one) => one.facet === 'headers').map(({ pointer }) => pointer.slice(1));
  const codes = [compared.reference, compared.candidate].map(({ exchanges }) => codeOf(exchanges[divergence.exchange]));
  return [
    ['status:', [codes.join(' against ')]],
    ['body:', body],
    ['headers:', headers],
  ];
}

function codeOf(exchange: Exchange | undefined): string {
  return exchange?.outcome.kind === 'response' ? String(exchange.outcome.status) : 'nothing';
}

function bodyForm(alongside: readonly Divergence[], outcome: Response): string[] {
  const rungs = alongside.filter((one) => one.facet === 'body').map(({ rung }) => rung);
  if (rungs.length === 0) return [];
  return [rungs.includes('shape') ? `another one, ${outermost(outcome)}` : 'other values'];
}

/** A body by its outermost members, or by what it is. */
function outermost({ headers, body }: Response): string {
  const { bytes, type, problem } = bodyOf(headers, body);
  if (bytes.length === 0) return 'nothing';
  const document = bytes.length > maxReadLength ? null : jsonOf({ bytes, type, problem });
  if (document === null) return type.essence === '' ? 'no JSON' : type.essence;
  if (document.kind[0] === Kind.array) return 'a list';
  if (document.kind[0] !== Kind.object) return 'a value';
  const names = new Set([...membersOf(document, 0).keys()].map(foldData));
  return `{${[...names].sort().slice(0, maxAlongsideMembers).join(', ')}}`;
}
