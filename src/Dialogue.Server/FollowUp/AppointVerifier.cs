namespace Dialogue.FollowUp;

/// <summary>Somebody else will look whether it is done.</summary>
internal sealed class AppointVerifier : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.AppointVerifier;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Line("VerifierName", required: true), StepField.Email("VerifierEmail")];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Person("VerifierName", "VerifierEmail") is { } verifier
            ? new ActionStep.AppointVerifier(verifier)
            : RefusalCode.VerifierMissing;
}
