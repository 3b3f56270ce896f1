import type { ScannedTarget, ScanReport, ScanTiming } from './scan-report.ts';

/** The `time` object of the JSON report, in seconds; per rule and file only where `detailed` (`--time`). */
export function semgrepTime(report: ScanReport, timing: ScanTiming, detailed: boolean): object {
  const ruleIds = report.rules.map(({ id }) => id);
  const files = report.targets.map(({ timing }) => timing).filter((times) => times !== null);
  return {
    rules: detailed ? ruleIds : [],
    rules_parse_time: seconds(timing.loadRules),
    profiling_times: {
      config_time: seconds(timing.loadRules),
      core_time: seconds(timing.scan),
      ignores_time: seconds(timing.findTargets),
      total_time: seconds(timing.total),
    },
    parsing_time: phase(files.map(({ parse }) => parse)),
    matching_time: phase(files.map(({ match }) => match)),
    targets: detailed ? report.targets.map((target) => targetTimes(target, ruleIds)) : [],
    total_bytes: report.targets.reduce((sum, { bytes }) => sum + bytes, 0),
    max_memory_bytes: timing.maxMemoryBytes,
  };
}

function phase(times: number[]): object {
  const total = sum(times);
  const mean = times.length === 0 ? 0 : total / times.length;
  const variance = times.length === 0 ? 0 : sum(times.map((time) => (time - mean) ** 2)) / times.length;
  return {
    total_time: seconds(total),
    per_file_time: { mean: seconds(mean), std_dev: seconds(Math.sqrt(variance)) },
  };
}

/** Times in the order of the rules; a file is parsed once, for the first rule that ran on it. */
function targetTimes({ path, bytes, timing }: ScannedTarget, ruleIds: string[]): object {
  const matchTimes = ruleIds.map((id) => timing?.rules[id] ?? 0);
  const first = Math.max(
    0,
    matchTimes.findIndex((time) => time > 0),
  );
  return {
    path,
    num_bytes: bytes,
    match_times: matchTimes.map(seconds),
    parse_times: ruleIds.map((_, at) => (at === first ? seconds(timing?.parse ?? 0) : 0)),
    run_time: seconds((timing?.parse ?? 0) + (timing?.match ?? 0)),
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
