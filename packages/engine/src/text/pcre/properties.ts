import { type CharSet, complementOf, LAST_CODE_POINT, setOfProperty, setOfRanges, unionOf } from './char-set.ts';

/**
 * The name inside `\p{…}` as PCRE2 10.40 reads it (case, blanks, `_` and `-` do not count; a leading `^` negates),
 * as a set; null for an unknown name.
 */
export function propertyNamed(written: string): CharSet | null {
  const negated = written.trimStart().startsWith('^');
  const set = lookUp(normalise(negated ? written.trimStart().slice(1) : written));
  return set && negated ? complementOf(set) : set;
}

function lookUp(name: string): CharSet | null {
  const [key, value] = name.split(/[:=]/, 2) as [string, string | undefined];
  if (value !== undefined) return scriptNamed(key, value);
  const special = SPECIAL.get(name);
  if (special) return special;
  const property = GENERAL_CATEGORIES.get(name) ?? BINARY_PROPERTIES.get(name);
  return property ? setOfProperty(property, false) : scriptNamed('scx', name);
}

function scriptNamed(key: string, name: string): CharSet | null {
  const exact = key === 'sc' || key === 'script';
  if (!exact && key !== 'scx' && key !== 'scriptextensions') return null;
  const script = SCRIPTS.get(name) ?? (name.length === 4 ? titleCase(name) : null);
  if (script === null) return null;
  const property = `${exact ? 'Script' : 'Script_Extensions'}=${script}`;
  return isKnownToJs(property) ? setOfProperty(property, false) : null;
}

/** The Unicode version of the host decides which scripts there are. */
function isKnownToJs(property: string): boolean {
  try {
    new RegExp(`\\p{${property}}`, 'u');
    return true;
  } catch {
    return false;
  }
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function titleCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function namesOf(list: string): Map<string, string> {
  return new Map(list.split(/\s+/).map((name) => [normalise(name), name]));
}

const GENERAL_CATEGORIES = new Map([
  ...namesOf('C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs'),
  ['l&', 'LC'],
  ['lc', 'LC'],
]);

const BINARY_PROPERTIES = namesOf(
  'ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Bidi_Control Bidi_C Bidi_Mirrored Bidi_M Case_Ignorable CI Cased ' +
    'Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM Changes_When_Lowercased CWL Changes_When_Titlecased ' +
    'CWT Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated Dep Diacritic Dia Emoji ' +
    'Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase Emoji_Presentation EPres ' +
    'Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext Hex_Digit Hex ' +
    'IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST ID_Continue IDC ID_Start IDS Ideographic Ideo Join_Control ' +
    'Join_C Logical_Order_Exception LOE Lowercase Lower Math Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn ' +
    'Pattern_White_Space Pat_WS Quotation_Mark QMark Radical Regional_Indicator RI Sentence_Terminal STerm ' +
    'Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph UIdeo Uppercase Upper Variation_Selector VS ' +
    'White_Space space XID_Continue XIDC XID_Start XIDS',
);

const SCRIPTS = namesOf(
  'Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki ' +
    'Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee ' +
    'Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan ' +
    'Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi ' +
    'Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited ' +
    'Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kayah_Li Kharoshthi ' +
    'Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani ' +
    'Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui ' +
    'Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari New_Tai_Lue ' +
    'Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic ' +
    'Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene ' +
    'Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham ' +
    'SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham ' +
    'Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi ' +
    'Wancho Warang_Citi Yezidi Yi Zanabazar_Square',
);

const LETTERS_AND_NUMBERS = unionOf([setOfProperty('L', false), setOfProperty('N', false)]);
const SPACES = unionOf([setOfProperty('Z', false), setOfRanges([0x09, 0x0d, 0x85, 0x85, 0x180e, 0x180e])]);

/** PCRE2's own additions. */
const SPECIAL = new Map<string, CharSet>([
  ['xan', LETTERS_AND_NUMBERS],
  ['xwd', unionOf([LETTERS_AND_NUMBERS, setOfRanges([0x5f, 0x5f])])],
  ['xsp', SPACES],
  ['xps', SPACES],
  ['xuc', setOfRanges([0x24, 0x24, 0x40, 0x40, 0x60, 0x60, 0xa0, 0xd7ff, 0xe000, LAST_CODE_POINT])],
]);
