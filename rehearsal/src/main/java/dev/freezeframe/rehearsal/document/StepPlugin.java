package dev.freezeframe.rehearsal.document;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/**
 * The plugins that the rehearsal simulates: those that run a script or another document, or bring
 * one. A step of any other would join domains, start the agent anew or install things, of which
 * nothing would be seen here; a document with one is refused.
 *
 * <p>Where an agent has them is as amazon-ssm-agent 3.3 registers them (executer/plugin/
 * plugin_windows.go, plugin_unix.go, runpluginutil_darwin.go); inputs are those of the Systems
 * Manager guide, <i>Command document plugin reference</i>.
 */
public enum StepPlugin {
  RUN_SHELL_SCRIPT("aws:runShellScript"),
  RUN_POWER_SHELL_SCRIPT("aws:runPowerShellScript"),
  PS_MODULE("aws:psModule"),
  RUN_DOCUMENT("aws:runDocument"),
  DOWNLOAD_CONTENT("aws:downloadContent");

  private final String action;

  StepPlugin(String action) {
    this.action = action;
  }

  /** The plugin of an action such as {@code aws:runShellScript}; empty: it is not simulated. */
  public static Optional<StepPlugin> of(String action) {
    return Arrays.stream(values()).filter(plugin -> plugin.action.equals(action)).findFirst();
  }

  /** The actions of all of them. */
  static List<String> actions() {
    return Arrays.stream(values()).map(plugin -> plugin.action).sorted().toList();
  }

  public String action() {
    return action;
  }

  /** Whether agents of a platform have it; those that do not leave its step out. */
  public boolean isOn(PlatformType platform) {
    boolean windows = platform == PlatformType.WINDOWS;
    boolean linux = platform == PlatformType.LINUX;
    boolean mac = platform == PlatformType.MAC_OS;
    return switch (this) {
      case RUN_SHELL_SCRIPT -> linux || mac;
      case RUN_POWER_SHELL_SCRIPT -> linux || mac || windows;
      case PS_MODULE -> windows;
      case RUN_DOCUMENT, DOWNLOAD_CONTENT -> linux || windows;
    };
  }

  /** The names of the inputs that it has, with those that the agent reads for every step. */
  Set<String> inputs() {
    Set<String> inputs =
        new TreeSet<>(List.of("id", "timeoutSeconds", "onFailure", "onSuccess", "finallyStep"));
    inputs.addAll(
        switch (this) {
          case RUN_SHELL_SCRIPT, RUN_POWER_SHELL_SCRIPT ->
              List.of("runCommand", "workingDirectory");
          case PS_MODULE -> List.of("runCommand", "workingDirectory", "source", "sourceHash");
          case RUN_DOCUMENT -> List.of("documentType", "documentPath", "documentParameters");
          case DOWNLOAD_CONTENT -> List.of("sourceType", "sourceInfo", "destinationPath");
        });
    return inputs;
  }
}
