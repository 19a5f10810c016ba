package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password=hunter2 and more                  | password=*** and more
          {"ANTHROPIC_API_KEY": "abc", "x": 1}       | {"ANTHROPIC_API_KEY": ***, "x": 1}
          curl -H Authorization: Bearer abcdefgh1    | curl -H Authorization: ***
          https://joe:pw@example.org/x               | https://***@example.org/x
          key sk-ant-REDACTED                 | key ***
          ghp_0123456789abcdef0123                   | ***
          https://hooks.slack.com/services/T0/B0/xyz | https://hooks.slack.com/***
          """)
  void of_textWithSecret_hidesItAlone(String text, String hidden) {
    assertThat(Redaction.of(text)).isEqualTo(hidden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks/check.py:3: invalid syntax",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "/home/a@b/.claude/settings.json",
        "v0.3.9@2"
      })
  void of_textWithoutSecret_isAsItWas(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void of_map_hidesByNameAndByValue() {
    assertThat(Redaction.of(Map.of("GITHUB_TOKEN", "x", "note", "token: abc", "path", "/a")))
        .isEqualTo(Map.of("GITHUB_TOKEN", "***", "note", "token: ***", "path", "/a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"env": {"A": "b", "C": 8080}, "x": "y"}   | {"env": {"A": "***", "C": ***}, "x": "y"}
          {"env": {"A": "${HOME}/b", "C": "d"}}      | {"env": {"A": "***", "C": "***"}}
          {"env": {"A": "quoted \\" and }", "C": "d" | {"env": {"A": "***", "C": "***"
          {"env": {"A": "never closed                | {"env": {"A": "***
          {"headers": {"X-Team": "b"}, "x": "y"}     | {"headers": {"X-Team": "***"}, "x": "y"}
          {"a": "env", "b": {"c": "d"}}              | {"a": "env", "b": {"c": "d"}}
          {"api_token": "never closed                | {"api_token": ***
          """)
  void ofFile_settings_hidesEveryValueOfEnv(String text, String hidden) {
    assertThat(Redaction.ofFile(text)).isEqualTo(hidden);
  }

  @Test
  void ofFile_veryLongValue_isHiddenToo() {
    String settings = "{\"env\": {\"A\": \"" + "ab\\\\".repeat(100_000) + "\"}}";

    assertThat(Redaction.ofFile(settings)).isEqualTo("{\"env\": {\"A\": \"***\"}}");
  }
}
