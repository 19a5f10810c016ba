package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import java.util.LinkedHashMap;
import java.util.Map;

/** What checks found, for programs. */
final class CheckJson {
  private CheckJson() {}

  static Map<String, Object> of(Phase phase, Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", result.checkId());
    json.put("phase", phase);
    json.put("ending", result.ending());
    json.put("duration_seconds", result.duration());
    json.put("findings", result.findings().stream().map(CheckJson::of).toList());
    return json;
  }

  static Map<String, Object> of(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", finding.severity());
    json.putAll(Shown.json(finding.problem()));
    return json;
  }
}
