namespace Dialogue.FollowUp;

/// <summary>Somebody other than the owner looks whether it is done.</summary>
internal sealed class VerifyAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Verify;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [
            StepField.Choice("Verdict", FollowUp.Verdict.Agree, FollowUp.Verdict.Partly, FollowUp.Verdict.CannotJudge),
            StepField.Text("Remark"),
        ];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Choice<Verdict>("Verdict") is { } verdict
            ? new ActionStep.Verify(verdict, input.Optional("Remark"))
            : RefusalCode.UnknownKind;
}
