package dev.freezeframe.infra;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;

/**
 * Names and ARNs of a stack's resources. They name no partition, Region or account: CloudFormation
 * fills them in, so that the same template works in every one.
 */
final class Names {
  private final Stack stack;

  /**
   * The names of a stack, which those of its nested stacks take over.
   *
   * @param stack it or one that is nested in it
   */
  Names(Stack stack) {
    Stack outermost = stack;
    while (outermost.getNestedStackParent() != null) {
      outermost = outermost.getNestedStackParent();
    }
    this.stack = outermost;
  }

  /** The stack's own. */
  String stack() {
    return stack.getStackName();
  }

  /** A name that an operator reads in the console, such as {@code freezeframe-run-policy}. */
  String of(String what) {
    return stack() + "-" + what;
  }

  String arn(String service, String type, String name) {
    return arn(service, type, name, ArnFormat.SLASH_RESOURCE_NAME);
  }

  String stateMachine(String name) {
    return arn("states", "stateMachine", name, ArnFormat.COLON_RESOURCE_NAME);
  }

  String execution(String name) {
    return arn("states", "execution", name, ArnFormat.COLON_RESOURCE_NAME);
  }

  /** A snapshot's ARN has no account. */
  String snapshot(String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("ec2")
            .account("")
            .resource("snapshot")
            .resourceName(name)
            .build());
  }

  /** A document; those whose name AWS reserves for itself belong to no account. */
  String document(String name) {
    if (name.startsWith("arn:")) {
      return name;
    }
    ArnComponents.Builder document =
        ArnComponents.builder().service("ssm").resource("document").resourceName(name);
    return stack.formatArn(
        (KnownDocuments.isOfAws(name) ? document.account("") : document).build());
  }

  private String arn(String service, String type, String name, ArnFormat format) {
    return stack.formatArn(
        ArnComponents.builder()
            .service(service)
            .resource(type)
            .resourceName(name)
            .arnFormat(format)
            .build());
  }
}
