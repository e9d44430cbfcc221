import ipaddr from 'ipaddr.js';

/** Programs and networks by name, each with how they are told: parts of a user agent, and address ranges. */
export interface KnownMachine {
  /** As people know it. */
  readonly name: string;
  /** Parts of a user agent, whatever their case. A part in `^…$` is the whole of it. */
  readonly agents: readonly string[];
  /** Address ranges as CIDR, IPv4 or IPv6. */
  readonly ranges: readonly string[];
}

/** What an event is judged by. Where each figure and each entry comes from stands in docs/engagement.md. */
export interface EngagementConfiguration {
  /** Programs that open and click to look for harm: what they do is the machine's. */
  readonly scanners: readonly KnownMachine[];
  /** Mail services that fetch pictures on their own, whether or not somebody looks: nobody can tell. */
  readonly proxies: readonly KnownMachine[];
  /** Programs without a window: what they click without an open is the machine's, with one it is unsure. */
  readonly headless: readonly string[];
  /** An open or a click so many seconds after its delivery, or before it, is the machine's. */
  readonly deliverySeconds: number;
  /** So many messages opened within so many seconds. */
  readonly openBurst: { readonly messages: number; readonly seconds: number };
  /** So many links of one message clicked within so many seconds. */
  readonly linkBurst: { readonly links: number; readonly seconds: number };
  /** Two links of one message clicked within so many seconds, faster than a hand. */
  readonly pairSeconds: number;
}

export const defaultEngagementConfiguration: EngagementConfiguration = {
  scanners: [
    { name: 'Barracuda', agents: ['barracuda'], ranges: ['64.235.144.0/20', '209.222.80.0/21'] },
    { name: 'Mimecast', agents: ['mimecast'], ranges: ['91.220.42.0/24', '195.130.217.0/24', '205.139.110.0/24', '207.82.80.0/24'] },
    { name: 'Proofpoint', agents: ['proofpoint', 'urldefense'], ranges: ['67.231.144.0/20', '148.163.128.0/19', '205.220.160.0/19'] },
    { name: 'Microsoft Defender', agents: ['safelinks', 'ms-office-scanner'], ranges: ['40.92.0.0/15', '40.107.0.0/16', '52.100.0.0/14', '104.47.0.0/17'] },
    { name: 'Cisco Secure Email', agents: ['ciscosecureemail', 'ironport'], ranges: [] },
    { name: 'Trend Micro', agents: ['trendmicro', 'trend micro'], ranges: [] },
    { name: 'Symantec', agents: ['symantec', 'messagelabs'], ranges: [] },
  ],
  proxies: [
    { name: 'Gmail', agents: ['googleimageproxy'], ranges: [] },
    { name: 'Yahoo Mail', agents: ['yahoomailproxy'], ranges: [] },
    { name: 'Apple Mail Privacy Protection', agents: ['^Mozilla/5.0$'], ranges: ['17.0.0.0/8'] },
  ],
  headless: ['curl/', 'wget/', 'python-requests', 'python-urllib', 'aiohttp', 'go-http-client', 'apache-httpclient', 'headlesschrome', 'phantomjs', 'java/', 'libwww-perl', 'head '],
  deliverySeconds: 1,
  openBurst: { messages: 3, seconds: 10 },
  linkBurst: { links: 3, seconds: 10 },
  pairSeconds: 1,
};

/** Whether a text is an address range that can be read. */
export function isRange(text: string): boolean {
  try {
    ipaddr.parseCIDR(text);
    return true;
  } catch {
    return false;
  }
}

/** What makes no sense in a configuration, in words. */
export function engagementProblems({ scanners, proxies }: EngagementConfiguration): string[] {
  return [...scanners, ...proxies].flatMap(({ name, agents, ranges }) => [
    ...ranges.filter((range) => !isRange(range)).map((range) => `“${range}” of ${name} is no address range. Write it as 192.0.2.0/24.`),
    ...agents.filter((agent) => agent.replace(/^\^|\$$/g, '').trim().length < 3).map((agent) => `“${agent}” of ${name} is too short: it would be found in many user agents.`),
  ]);
}
