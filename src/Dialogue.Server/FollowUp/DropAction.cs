namespace Dialogue.FollowUp;

/// <summary>It is given up, by a sponsor or coordinator, with a reason that the participants can read.</summary>
internal sealed class DropAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Drop;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Choice<DropCategory>("DropCategory"), StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Choice<DropCategory>("DropCategory") is { } category
            ? new ActionStep.Drop(category, input.Text("Reason"))
            : RefusalCode.ReasonMissing;
}
