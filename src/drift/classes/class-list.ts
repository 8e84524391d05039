// Written by scripts/class-list.mjs from the files of this folder: npm run classes.
import type { ClassDefinition } from '../definition/define-class.ts';
import { boolAsString } from './enums/bool-as-string.ts';
import { boolVsInt } from './enums/bool-vs-int.ts';
import { enumAdjacentVsInternal } from './enums/enum-adjacent-vs-internal.ts';
import { enumExternalVsAdjacent } from './enums/enum-external-vs-adjacent.ts';
import { enumExternalVsFlat } from './enums/enum-external-vs-flat.ts';
import { enumNumbering } from './enums/enum-numbering.ts';
import { enumStringVsInt } from './enums/enum-string-vs-int.ts';
import { enumUnitStringVsObject } from './enums/enum-unit-string-vs-object.ts';
import { enumUntaggedVsTagged } from './enums/enum-untagged-vs-tagged.ts';
import { enumVariantCasing } from './enums/enum-variant-casing.ts';
import { typeTagAdded } from './enums/type-tag-added.ts';
import { arrayForStruct } from './http/acceptance/array-for-struct.ts';
import { bodyLimit } from './http/acceptance/body-limit.ts';
import { caseInsensitiveKey } from './http/acceptance/case-insensitive-key.ts';
import { createdStatus } from './http/acceptance/created-status.ts';
import { depthLimit } from './http/acceptance/depth-limit.ts';
import { duplicateKeyRequest } from './http/acceptance/duplicate-key-request.ts';
import { emptyBodyRequest } from './http/acceptance/empty-body-request.ts';
import { enumUnknownRequest } from './http/acceptance/enum-unknown-request.ts';
import { formDecoding } from './http/acceptance/form-decoding.ts';
import { invalidUtf8Request } from './http/acceptance/invalid-utf8-request.ts';
import { memberTypeRequest } from './http/acceptance/member-type-request.ts';
import { missingRequired } from './http/acceptance/missing-required.ts';
import { nanInfinity } from './http/acceptance/nan-infinity.ts';
import { nonstandardJson } from './http/acceptance/nonstandard-json.ts';
import { nullCoerced } from './http/acceptance/null-coerced.ts';
import { nullElement } from './http/acceptance/null-element.ts';
import { nullForRequired } from './http/acceptance/null-for-required.ts';
import { numberFormRequest } from './http/acceptance/number-form-request.ts';
import { numberRange } from './http/acceptance/number-range.ts';
import { optionNestingCollapse } from './http/acceptance/option-nesting-collapse.ts';
import { partialBodyOnEncodeError } from './http/acceptance/partial-body-on-encode-error.ts';
import { partialDecode } from './http/acceptance/partial-decode.ts';
import { rootScalar } from './http/acceptance/root-scalar.ts';
import { statusWithEmptyBody } from './http/acceptance/status-with-empty-body.ts';
import { stringLengthUnit } from './http/acceptance/string-length-unit.ts';
import { timeParseLeniency } from './http/acceptance/time-parse-leniency.ts';
import { trailingData } from './http/acceptance/trailing-data.ts';
import { typeCoercion } from './http/acceptance/type-coercion.ts';
import { unitNullVsEmpty } from './http/acceptance/unit-null-vs-empty.ts';
import { unknownField } from './http/acceptance/unknown-field.ts';
import { byteOrderMark } from './http/errors/byte-order-mark.ts';
import { errorEnvelope } from './http/errors/error-envelope.ts';
import { errorText } from './http/errors/error-text.ts';
import { jsonStringVsText } from './http/errors/json-string-vs-text.ts';
import { mapNonstringKey } from './http/errors/map-nonstring-key.ts';
import { panic500VsClosed } from './http/errors/panic-500-vs-closed.ts';
import { precedenceOfChecks } from './http/errors/precedence-of-checks.ts';
import { prettyPrint } from './http/errors/pretty-print.ts';
import { refusalReason } from './http/errors/refusal-reason.ts';
import { separatorSpace } from './http/errors/separator-space.ts';
import { validationStatus } from './http/errors/validation-status.ts';
import { allowMissing } from './http/headers/allow-missing.ts';
import { allowSet } from './http/headers/allow-set.ts';
import { cacheControlDefault } from './http/headers/cache-control-default.ts';
import { compressionDefault } from './http/headers/compression-default.ts';
import { contentTypeCharset } from './http/headers/content-type-charset.ts';
import { contentTypeMissing } from './http/headers/content-type-missing.ts';
import { contentTypeOnEmpty } from './http/headers/content-type-on-empty.ts';
import { contentTypeSniffed } from './http/headers/content-type-sniffed.ts';
import { corsDefault } from './http/headers/cors-default.ts';
import { createdLocation } from './http/headers/created-location.ts';
import { etagForm } from './http/headers/etag-form.ts';
import { framingHeader } from './http/headers/framing-header.ts';
import { headerDuplicate } from './http/headers/header-duplicate.ts';
import { linkPagination } from './http/headers/link-pagination.ts';
import { locationEncoding } from './http/headers/location-encoding.ts';
import { nosniff } from './http/headers/nosniff.ts';
import { rateLimitHeaders } from './http/headers/rate-limit-headers.ts';
import { retryAfterForm } from './http/headers/retry-after-form.ts';
import { securityHeaders } from './http/headers/security-headers.ts';
import { serverIdentity } from './http/headers/server-identity.ts';
import { setCookieFormat } from './http/headers/set-cookie-format.ts';
import { varyDefault } from './http/headers/vary-default.ts';
import { wwwAuthenticateForm } from './http/headers/www-authenticate-form.ts';
import { acceptNegotiation } from './http/request-head/accept-negotiation.ts';
import { authStatus } from './http/request-head/auth-status.ts';
import { charsetParam } from './http/request-head/charset-param.ts';
import { contentTypeRequired } from './http/request-head/content-type-required.ts';
import { corsPreflight } from './http/request-head/cors-preflight.ts';
import { expectation } from './http/request-head/expectation.ts';
import { headerLimit } from './http/request-head/header-limit.ts';
import { methodOverride } from './http/request-head/method-override.ts';
import { uriLimit } from './http/request-head/uri-limit.ts';
import { conditionalRequests } from './http/routing/conditional-requests.ts';
import { fragmentInTarget } from './http/routing/fragment-in-target.ts';
import { headSupport } from './http/routing/head-support.ts';
import { httpMethodCase } from './http/routing/http-method-case.ts';
import { intParseLeniency } from './http/routing/int-parse-leniency.ts';
import { methodNotAllowed } from './http/routing/method-not-allowed.ts';
import { notFoundBody } from './http/routing/not-found-body.ts';
import { optionsDefault } from './http/routing/options-default.ts';
import { pathCase } from './http/routing/path-case.ts';
import { pathClean } from './http/routing/path-clean.ts';
import { pathParamType } from './http/routing/path-param-type.ts';
import { pathPercentDecoding } from './http/routing/path-percent-decoding.ts';
import { queryBrackets } from './http/routing/query-brackets.ts';
import { queryDuplicate } from './http/routing/query-duplicate.ts';
import { queryEmpty } from './http/routing/query-empty.ts';
import { queryMissing } from './http/routing/query-missing.ts';
import { queryParamType } from './http/routing/query-param-type.ts';
import { queryPercent } from './http/routing/query-percent.ts';
import { queryPlus } from './http/routing/query-plus.ts';
import { queryRange } from './http/routing/query-range.ts';
import { querySemicolon } from './http/routing/query-semicolon.ts';
import { rangeRequests } from './http/routing/range-requests.ts';
import { redirectBody } from './http/routing/redirect-body.ts';
import { redirectCode } from './http/routing/redirect-code.ts';
import { redirectLocation } from './http/routing/redirect-location.ts';
import { trailingSlash } from './http/routing/trailing-slash.ts';
import { uuidSpelling } from './http/routing/uuid-spelling.ts';
import { defaultValueOmitted } from './keys/default-value-omitted.ts';
import { discriminatorName } from './keys/discriminator-name.ts';
import { duplicateKeyCollapse } from './keys/duplicate-key-collapse.ts';
import { embedConflictDrop } from './keys/embed-conflict-drop.ts';
import { emptyArrayVsAbsent } from './keys/empty-array-vs-absent.ts';
import { emptyObjectVsAbsent } from './keys/empty-object-vs-absent.ts';
import { intKeyOrder } from './keys/int-key-order.ts';
import { keyAccessorPrefix } from './keys/key-accessor-prefix.ts';
import { keyAcronym } from './keys/key-acronym.ts';
import { keyCasing } from './keys/key-casing.ts';
import { keyOrder } from './keys/key-order.ts';
import { keyRenamed } from './keys/key-renamed.ts';
import { keySplitAcronym } from './keys/key-split-acronym.ts';
import { keyUnderscore } from './keys/key-underscore.ts';
import { nullVsAbsent } from './keys/null-vs-absent.ts';
import { numberKeys } from './keys/number-keys.ts';
import { zeroValueOmitted } from './keys/zero-value-omitted.ts';
import { bigintAsString } from './numbers/bigint-as-string.ts';
import { decimalScale } from './numbers/decimal-scale.ts';
import { decimalStringVsNumber } from './numbers/decimal-string-vs-number.ts';
import { floatExponentSpelling } from './numbers/float-exponent-spelling.ts';
import { floatExponentThreshold } from './numbers/float-exponent-threshold.ts';
import { floatIntegralSuffix } from './numbers/float-integral-suffix.ts';
import { floatNonshortest } from './numbers/float-nonshortest.ts';
import { floatParseUlp } from './numbers/float-parse-ulp.ts';
import { float32Widening } from './numbers/float32-widening.ts';
import { intOverflow } from './numbers/int-overflow.ts';
import { intPrecisionLoss } from './numbers/int-precision-loss.ts';
import { nanAsString } from './numbers/nan-as-string.ts';
import { negativeZero } from './numbers/negative-zero.ts';
import { numberLexemeNormalised } from './numbers/number-lexeme-normalised.ts';
import { unitScale } from './numbers/unit-scale.ts';
import { arrayVsWrappedList } from './structure/array-vs-wrapped-list.ts';
import { collectionErased } from './structure/collection-erased.ts';
import { embedFlattenVsNested } from './structure/embed-flatten-vs-nested.ts';
import { embedMarshalerHijack } from './structure/embed-marshaler-hijack.ts';
import { emptyListVsText } from './structure/empty-list-vs-text.ts';
import { emptyObjectVsArray } from './structure/empty-object-vs-array.ts';
import { emptyStringVsNull } from './structure/empty-string-vs-null.ts';
import { envelopeDataWrapper } from './structure/envelope-data-wrapper.ts';
import { errorStringVsObject } from './structure/error-string-vs-object.ts';
import { errorValueEmptyObject } from './structure/error-value-empty-object.ts';
import { extendedJson } from './structure/extended-json.ts';
import { fieldMaskForm } from './structure/field-mask-form.ts';
import { hateoasLinks } from './structure/hateoas-links.ts';
import { jsonInString } from './structure/json-in-string.ts';
import { listOrder } from './structure/list-order.ts';
import { listVsIndexObject } from './structure/list-vs-index-object.ts';
import { mapVsEntryList } from './structure/map-vs-entry-list.ts';
import { newtypeWrap } from './structure/newtype-wrap.ts';
import { nilMapNull } from './structure/nil-map-null.ts';
import { nilSliceNull } from './structure/nil-slice-null.ts';
import { nondeterministic } from './structure/nondeterministic.ts';
import { nullableWrapperObject } from './structure/nullable-wrapper-object.ts';
import { paginationEnvelope } from './structure/pagination-envelope.ts';
import { problemDetailsVsMessage } from './structure/problem-details-vs-message.ts';
import { rawJsonPassthrough } from './structure/raw-json-passthrough.ts';
import { referenceMetadata } from './structure/reference-metadata.ts';
import { resultWrapper } from './structure/result-wrapper.ts';
import { setAsObject } from './structure/set-as-object.ts';
import { singleVsArray } from './structure/single-vs-array.ts';
import { tupleArrayVsObject } from './structure/tuple-array-vs-object.ts';
import { base64Variant } from './text/base64-variant.ts';
import { bytesRepr } from './text/bytes-repr.ts';
import { caseMapping } from './text/case-mapping.ts';
import { charVsCodepoint } from './text/char-vs-codepoint.ts';
import { escapeControl } from './text/escape-control.ts';
import { escapeHexCase } from './text/escape-hex-case.ts';
import { escapeHtml } from './text/escape-html.ts';
import { escapeLineSeparators } from './text/escape-line-separators.ts';
import { escapeNonAscii } from './text/escape-non-ascii.ts';
import { escapeSolidus } from './text/escape-solidus.ts';
import { hexSpelling } from './text/hex-spelling.ts';
import { ipSpelling } from './text/ip-spelling.ts';
import { trailingNewline } from './text/trailing-newline.ts';
import { unicodeNormalisation } from './text/unicode-normalisation.ts';
import { unicodeReplacement } from './text/unicode-replacement.ts';
import { urlNormalisation } from './text/url-normalisation.ts';
import { uuidNotation } from './text/uuid-notation.ts';
import { dateVsDatetime } from './times/date-vs-datetime.ts';
import { durationRepr } from './times/duration-repr.ts';
import { httpDate } from './times/http-date.ts';
import { internalStructDump } from './times/internal-struct-dump.ts';
import { timestampArray } from './times/timestamp-array.ts';
import { timestampDisplayForm } from './times/timestamp-display-form.ts';
import { timestampEpoch } from './times/timestamp-epoch.ts';
import { timestampFractionDigits } from './times/timestamp-fraction-digits.ts';
import { timestampNaive } from './times/timestamp-naive.ts';
import { timestampOffsetVsUtc } from './times/timestamp-offset-vs-utc.ts';
import { timestampPrecisionLoss } from './times/timestamp-precision-loss.ts';
import { timestampSeparator } from './times/timestamp-separator.ts';
import { timestampUtcSpelling } from './times/timestamp-utc-spelling.ts';
import { timestampZeroSentinel } from './times/timestamp-zero-sentinel.ts';

/** Every drift class, family by family. */
export const classDefinitions: readonly ClassDefinition[] = [
  boolAsString, boolVsInt, enumAdjacentVsInternal, enumExternalVsAdjacent, enumExternalVsFlat, enumNumbering,
  enumStringVsInt, enumUnitStringVsObject, enumUntaggedVsTagged, enumVariantCasing, typeTagAdded, arrayForStruct,
  bodyLimit, caseInsensitiveKey, createdStatus, depthLimit, duplicateKeyRequest, emptyBodyRequest, enumUnknownRequest,
  formDecoding, invalidUtf8Request, memberTypeRequest, missingRequired, nanInfinity, nonstandardJson, nullCoerced,
  nullElement, nullForRequired, numberFormRequest, numberRange, optionNestingCollapse, partialBodyOnEncodeError,
  partialDecode, rootScalar, statusWithEmptyBody, stringLengthUnit, timeParseLeniency, trailingData, typeCoercion,
  unitNullVsEmpty, unknownField, byteOrderMark, errorEnvelope, errorText, jsonStringVsText, mapNonstringKey,
  panic500VsClosed, precedenceOfChecks, prettyPrint, refusalReason, separatorSpace, validationStatus, allowMissing,
  allowSet, cacheControlDefault, compressionDefault, contentTypeCharset, contentTypeMissing, contentTypeOnEmpty,
  contentTypeSniffed, corsDefault, createdLocation, etagForm, framingHeader, headerDuplicate, linkPagination,
  locationEncoding, nosniff, rateLimitHeaders, retryAfterForm, securityHeaders, serverIdentity, setCookieFormat,
  varyDefault, wwwAuthenticateForm, acceptNegotiation, authStatus, charsetParam, contentTypeRequired, corsPreflight,
  expectation, headerLimit, methodOverride, uriLimit, conditionalRequests, fragmentInTarget, headSupport,
  httpMethodCase, intParseLeniency, methodNotAllowed, notFoundBody, optionsDefault, pathCase, pathClean, pathParamType,
  pathPercentDecoding, queryBrackets, queryDuplicate, queryEmpty, queryMissing, queryParamType, queryPercent, queryPlus,
  queryRange, querySemicolon, rangeRequests, redirectBody, redirectCode, redirectLocation, trailingSlash, uuidSpelling,
  defaultValueOmitted, discriminatorName, duplicateKeyCollapse, embedConflictDrop, emptyArrayVsAbsent,
  emptyObjectVsAbsent, intKeyOrder, keyAccessorPrefix, keyAcronym, keyCasing, keyOrder, keyRenamed, keySplitAcronym,
  keyUnderscore, nullVsAbsent, numberKeys, zeroValueOmitted, bigintAsString, decimalScale, decimalStringVsNumber,
  floatExponentSpelling, floatExponentThreshold, floatIntegralSuffix, floatNonshortest, floatParseUlp, float32Widening,
  intOverflow, intPrecisionLoss, nanAsString, negativeZero, numberLexemeNormalised, unitScale, arrayVsWrappedList,
  collectionErased, embedFlattenVsNested, embedMarshalerHijack, emptyListVsText, emptyObjectVsArray, emptyStringVsNull,
  envelopeDataWrapper, errorStringVsObject, errorValueEmptyObject, extendedJson, fieldMaskForm, hateoasLinks,
  jsonInString, listOrder, listVsIndexObject, mapVsEntryList, newtypeWrap, nilMapNull, nilSliceNull, nondeterministic,
  nullableWrapperObject, paginationEnvelope, problemDetailsVsMessage, rawJsonPassthrough, referenceMetadata,
  resultWrapper, setAsObject, singleVsArray, tupleArrayVsObject, base64Variant, bytesRepr, caseMapping, charVsCodepoint,
  escapeControl, escapeHexCase, escapeHtml, escapeLineSeparators, escapeNonAscii, escapeSolidus, hexSpelling,
  ipSpelling, trailingNewline, unicodeNormalisation, unicodeReplacement, urlNormalisation, uuidNotation, dateVsDatetime,
  durationRepr, httpDate, internalStructDump, timestampArray, timestampDisplayForm, timestampEpoch,
  timestampFractionDigits, timestampNaive, timestampOffsetVsUtc, timestampPrecisionLoss, timestampSeparator,
  timestampUtcSpelling, timestampZeroSentinel,
];
