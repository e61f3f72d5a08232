namespace Dialogue.FollowUp;

/// <summary>Done is not yet helped: what it did for people, and on what that judgement rests.</summary>
internal sealed class JudgeEffect : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.JudgeEffect;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Choice<ActionEffect>("ActionEffect"), StepField.Text("Basis", required: true)];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Choice<ActionEffect>("ActionEffect") is { } effect
            ? new ActionStep.JudgeEffect(effect, input.Text("Basis"))
            : RefusalCode.UnknownKind;
}
