using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dialogue.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class LettersAndLevels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "OutcomeLevel",
                table: "Organisations",
                newName: "Level");

            migrationBuilder.AddColumn<Guid>(
                name: "OrganisationId",
                table: "Outbox",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<Guid>(
                name: "UnitId",
                table: "Dialogues",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_OrganisationId_SentAt",
                table: "Outbox",
                columns: new[] { "OrganisationId", "SentAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_OrganisationId_SentAt",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "OrganisationId",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "UnitId",
                table: "Dialogues");

            migrationBuilder.RenameColumn(
                name: "Level",
                table: "Organisations",
                newName: "OutcomeLevel");
        }
    }
}
