package dev.freezeframe.consistency.ssm;

import dev.freezeframe.common.InstanceId;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidPluginNameException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Looks at commands on their way through a guest. */
record SsmInvocations(SsmClient reader) {

  /**
   * A look that failed says nothing of the script, which may have frozen the guest meanwhile; the
   * next look tells.
   */
  Optional<SsmCommandStatus> seen(InstanceId instance, String commandId) {
    try {
      return sighting(instance, commandId);
    } catch (SsmException failed) {
      if (failed.isThrottlingException() || failed.statusCode() >= 500) {
        return Optional.empty();
      }
      throw failed;
    } catch (SdkClientException unanswered) {
      return Optional.empty();
    }
  }

  /** Empty: Systems Manager does not know the command yet. */
  private Optional<SsmCommandStatus> sighting(InstanceId instance, String commandId) {
    GetCommandInvocationResponse answer;
    try {
      answer =
          reader.getCommandInvocation(
              request -> request.commandId(commandId).instanceId(instance.value()));
    } catch (InvocationDoesNotExistException notYet) {
      return Optional.empty();
    } catch (InvalidPluginNameException oneMustBeNamed) {
      return steps(instance, commandId);
    }
    SsmCommandStatus whole = SsmCommandStatus.of(answer);
    boolean severalSteps = answer.pluginName() == null || answer.pluginName().isEmpty();
    boolean silent = whole.ending().isPresent() && whole.exitCode() < 0;
    return silent && (severalSteps || whole.started())
        ? steps(instance, commandId).map(whole::with).or(() -> Optional.of(whole))
        : Optional.of(whole);
  }

  /** Reads the result of a document of several steps from its steps. */
  private Optional<SsmCommandStatus> steps(InstanceId instance, String commandId) {
    return reader
        .listCommandInvocations(
            request -> request.commandId(commandId).instanceId(instance.value()).details(true))
        .commandInvocations()
        .stream()
        .findFirst()
        .map(SsmCommandStatus::of);
  }
}
